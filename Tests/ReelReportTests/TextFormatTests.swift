import ReelModel
import Testing

@testable import ReelReport

struct TextFormatTests {
    @Test func `people read verdicts, findings and fixes`() {
        let text = String(decoding: TextFormat.bytes(of: .everything, style: ReportStyle()), as: UTF8.self)
        #expect(
            text == """
                ✗  a.mov  mov · h264 High 1080x1920 29.97 fps · aac 48 kHz stereo · 61.2 s · 231.4 MB
                  reject file-too-large (4002) [nemo-upload]: The file has 231,400,000 bytes; NemoVideo upload takes 200,000,000.
                    fix: Compress it or trim it: reelgate fit.
                  reject decode-error: 1 fault while decoding stream 0.
                    at 4.2 s
                    fix: Render it again.
                ✓  b\\u{1b}[2J.gif  gif · 64x48 3 frames · 812 bytes
                  note smoother-type [nemo-upload]: It is taken.
                    fix: Send another.
                  plan: convert the picture, at most 64x48
                  → b.png  900 bytes, at most 200 MB
                  saturated: more bytes would buy nothing that can be seen
                  lost: 2 frames dropped
                ?  c.mp4
                  it cannot be opened (Permission denied). Check its permissions.
                ?  out.mp4  gif · 64x48 3 frames · 812 bytes
                  not evaluated decode-error: the frames were not decoded
                run r1
                Timeline (1 tracks): 1. Video: a (0-10s)
                → out.mp4
                4 files: 1 pass, 1 fail, 2 unreadable

                """)
    }

    @Test func `a finding says where`() {
        var file = Report.everything.files[0]
        file.findings[1].span = TimeRange(start: 3, end: 3.9333)
        #expect(TextFormat.lines(of: file, style: ReportStyle()).contains("    at 3 s to 3.933 s"))
    }

    @Test func `colour comes only if told, and changes no word`() {
        let plain = String(decoding: TextFormat.bytes(of: .everything, style: ReportStyle()), as: UTF8.self)
        let colored = String(
            decoding: TextFormat.bytes(of: .everything, style: ReportStyle(color: true)), as: UTF8.self)
        #expect(!plain.contains("\u{1B}"))
        #expect(colored.contains("\u{1B}[31mreject\u{1B}[0m"))
        #expect(colored.replacing(/\u{1B}\[[0-9]+m/, with: "") == plain)
    }

    @Test func `a probe shows every fact, or why it is not known`() {
        var file = Report.everything.files[0]
        file.verdict = nil
        file.findings = []
        let lines = TextFormat.lines(of: file, style: ReportStyle())
        #expect(lines.first == "a.mov")
        #expect(lines.contains { $0.hasPrefix("  displayed") && $0.hasSuffix("  1080x1920") })
        #expect(lines.contains { $0.hasPrefix("  frame rate") && $0.hasSuffix("  30000/1001 (29.97 fps)") })
        #expect(lines.contains { $0.hasPrefix("  bit depth") && $0.hasSuffix("unknown: \(Facts.notInHeader)") })
        #expect(lines.contains { $0.hasPrefix("  index") && $0.hasSuffix("  last") })
        #expect(lines.contains { $0.hasSuffix("4.2 s  error while decoding MB 3 7") })
    }

    @Test func `formats are found by name and by a file's ending`() {
        #expect(ReportFormats.names == ["text", "json", "jsonl"])
        #expect(ReportFormats.named("jsonl")?.name == "jsonl")
        #expect(ReportFormats.named("pdf") == nil)
        #expect(ReportFormats.forFile("a.b/report.JSON")?.name == "json")
        #expect(ReportFormats.forFile("report.txt")?.name == "text")
        #expect(ReportFormats.forFile("a.json/report") == nil)
    }
}
