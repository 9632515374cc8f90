import Foundation
import ReelTestSupport
import Testing

/// What the dynamic linker would load for each program, directly and through others.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/ldd"), "needs ldd"))
struct LinkageTests {
    private func libraries(of program: String) throws -> [String] {
        let ldd = Process()
        ldd.executableURL = URL(filePath: "/usr/bin/ldd")
        ldd.arguments = [Places.executable(named: program).path(percentEncoded: false)]
        let output = Pipe()
        ldd.standardOutput = output
        try ldd.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        ldd.waitUntilExit()
        let names = text.split(separator: "\n").map { String($0.drop(while: \.isWhitespace).prefix { $0 != " " }) }
        try #require(names.contains { $0.hasPrefix("libc.so") })
        return names
    }

    @Test func `the command decodes nothing: it has no media library`() throws {
        let media = ["libav", "libswscale", "libswresample", "libx264"]
        #expect(try libraries(of: "reelgate").filter { name in media.contains { name.hasPrefix($0) } } == [])
    }

    @Test func `the worker reaches nobody: it has no HTTP client`() throws {
        let clients = ["libcurl", "libFoundationNetworking"]
        #expect(try libraries(of: "reelgate-media").filter { name in clients.contains { name.hasPrefix($0) } } == [])
    }
}
