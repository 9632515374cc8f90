import Foundation
import ReelInspect
import ReelModel
import ReelTestSupport
import Testing

/// How the pictures of H.264 are coded, read in their slices, against what ffprobe's decoder tells of each.
struct `Kinds of pictures agree with ffprobe` {
    @Test(arguments: [
        "a.mp4 -bf 3", "b.mp4 -bf 0 -profile:v baseline", "c.mkv -bf 2 -x264-params slices=4:b-pyramid=normal",
        "d.ts -bf 1", "e.mp4 -flags +ilme+ildct -x264-params tff=1", "f.mp4 -g 1", "g.mov -bf 2 -coder 0",
    ])
    func `counted`(arguments: String) throws {
        let folder = try TemporaryFolder()
        let parts = arguments.split(separator: " ").map(String.init)
        let path = try folder.make(
            parts[0],
            ["-f", "lavfi", "-i", "testsrc2=s=192x128:r=25:d=3", "-c:v", "libx264"] + parts.dropFirst())
        let told = try ExternalTool.ffprobe.run([
            "-v", "error", "-select_streams", "v:0", "-show_entries", "frame=pict_type", "-of", "csv=p=0", path,
        ]).output.split(separator: "\n").map { $0.first }
        let kinds = try #require(try inspect(path, .packets).packets(of: 0)?.pictures.value)
        #expect(kinds.intra == told.count { $0 == "I" })
        #expect(kinds.predicted == told.count { $0 == "P" })
        #expect(kinds.bidirectional == told.count { $0 == "B" })
        #expect(kinds.arithmetic == !(arguments.contains("baseline") || arguments.contains("-coder 0")))
        // x264 codes interlaced pictures as frames whose blocks are fields, not as fields.
        #expect(kinds.fields == 0)
    }
}
