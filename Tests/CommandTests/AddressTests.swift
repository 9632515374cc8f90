import Foundation
import ReelModel
import ReelTestSupport
import Testing

/// Files at http addresses, from a server that speaks ranges and notes what was asked for.
struct AddressTests {
    private static let server = """
        import http.server, os, sys
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                with open("asked.txt", "a") as log: log.write(self.path + " " + self.headers.get("Range", "-") + "\\n")
                if self.path == "/moved.mp4":
                    self.send_response(302); self.send_header("Location", "/real.mp4"); self.end_headers(); return
                name = self.path.split("?")[0].lstrip("/")
                if not os.path.exists(name):
                    self.send_response(404); self.end_headers(); return
                data = open(name, "rb").read()
                low, high = self.headers["Range"].split("=")[1].split("-")
                low, high = int(low), min(int(high), len(data) - 1)
                part = data[low:high + 1]
                self.send_response(206)
                self.send_header("Content-Range", f"bytes {low}-{high}/{len(data)}")
                self.send_header("Content-Length", str(len(part)))
                self.end_headers()
                self.wfile.write(part)
            def log_message(self, *a): pass
        s = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        print(s.server_port, flush=True)
        s.serve_forever()
        """

    @Test func `the header of a file at an address is read by range`() throws {
        let command = try Command()
        let local = try Inputs(folder: command.folder).make(
            "real.mp4",
            [
                "-f", "lavfi", "-i", "testsrc2=s=640x360:r=25:d=4,noise=alls=60:allf=t", "-c:v", "libx264", "-b:v",
                "8M",
                "-pix_fmt", "yuv420p", "-movflags", "+faststart",
            ])
        let server = try PythonServer(Self.server, in: command.folder.url)
        defer { withExtendedLifetime(server) {} }

        let base = "http://127.0.0.1:\(server.port)"
        let there = try command("probe", "\(base)/moved.mp4?x=1", "\(base)/real.mp4?signature=abc", "--format", "json")
        #expect(there.status == 2)
        let direct = try command("check", "\(base)/moved.mp4", "--profile", "nemo-upload", "--format", "json")
        #expect(direct.status == 0, "\(direct.output) \(direct.errors)")
        let here = try command("probe", local, "--format", "json").json["files"]?[0]?["facts"]
        #expect(try there.json["files"]?[1]?["facts"] == here)

        let asked = try String(contentsOf: command.folder.file("asked.txt"), encoding: .utf8)
        let bytes = asked.split(separator: "\n").filter { $0.contains("real.mp4") }.compactMap { line -> Int64? in
            let bounds = line.split(separator: "=").last?.split(separator: "-").compactMap { Int64($0) } ?? []
            return bounds.count == 2 ? bounds[1] - bounds[0] + 1 : nil
        }
        let length = try #require(here?["bytes"]?.integer)
        #expect(bytes.reduce(0, +) < length / 2, "most of it never crosses the network")
    }
}
