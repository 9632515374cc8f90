import Foundation
import ReelModel
import ReelTestSupport
import Testing

/// The targets of `tools/fuzz`: that none is missing, that each has something to start from, and a little of the
/// fuzzing itself, the same at every run.
struct FuzzTargetTests {
    @Test func `every accepted type's reader is a target`() {
        let names = Set(FuzzTarget.headers.map(\.name))
        for id in ["mp4", "mov", "avi", "webm", "mkv", "jpg", "png", "gif", "webp", "mp3", "wav", "m4a", "aac"] {
            #expect(names.contains(id))
        }
        #expect(Set(FuzzTarget.all.map(\.name)).count == FuzzTarget.all.count)
    }

    @Test(arguments: ["ParameterSets", "Metadata"])
    func `every parser of parts is a target`(folder: String) throws {
        let folder = Places.root.appending(path: "Sources/ReelFormats/\(folder)")
        let names = Set(FuzzTarget.parts.map(\.name))
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)) {
            let source = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            // A target bears the name of the file that it tries; a file that takes no bytes needs none.
            guard source.contains(/(func read|init\?)\([^)]*: Bytes/) else { continue }
            #expect(names.contains(file.replacing(".swift", with: "")), "\(file) has no target")
        }
    }

    @Test(arguments: FuzzTarget.all)
    func `changed at random, the same at every run`(target: FuzzTarget) throws {
        var generator = Generator(state: 7)
        let seeds = try Fixture.all.flatMap { target.seeds(try $0.bytes()) }
        for seed in seeds where !seed.isEmpty && seed.count < 64 << 10 {
            for _ in 0..<12 {
                var input = seed
                for _ in 0..<Int.random(in: 1...6, using: &generator) {
                    // Most of the structure stands in front.
                    let reach = Bool.random(using: &generator) ? min(input.count, 512) : input.count
                    input[Int.random(in: 0..<reach, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
                }
                let complaint = target.complaint(input)
                #expect(complaint == nil, "\(complaint ?? "")")
            }
        }
    }

    @Test(arguments: Found.all)
    func `what was found once`(found: Found) throws {
        let target = try #require(FuzzTarget.named(found.target))
        let input = try #require(Data(base64Encoded: found.base64))
        let complaint = target.complaint(Array(input))
        #expect(complaint == nil)
    }

    /// SplitMix64: random enough, and the same on every machine.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}
