import Foundation
import ReelInspect
import ReelModel
import ReelTestSupport
import Testing

struct `Files of other people's tests` {
    static let corpus = Places.shared("corpus")

    @Test(.enabled(if: corpus != nil, "the shared corpus is not on this machine"))
    func `each gives facts or a failure that names it, and every stream that decodes has a span`() throws {
        let corpus = try #require(Self.corpus)
        let files = FileManager.default.enumerator(at: corpus, includingPropertiesForKeys: [.isRegularFileKey])
        var examined = 0
        while let file = files?.nextObject() as? URL {
            guard try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { continue }
            let path = file.path(percentEncoded: false)
            do {
                let facts = try inspect(path, .frames)
                #expect(facts.depth == .frames)
                for stream in facts.measured?.streams ?? [] where stream.frames > 0 {
                    #expect((stream.span?.duration ?? 0) >= 0, "\(path)")
                }
            } catch let failure as Failure {
                #expect(failure.kind == .unreadable && failure.subject == path && !failure.remedy.isEmpty)
            }
            examined += 1
        }
        #expect(examined > 0)
    }
}
