import Foundation
import ReelTestSupport
import Testing

@testable import ReelRemote

/// Over TLS, against a server of Python's with a certificate of its own.
@Suite(.timeLimit(.minutes(1)))
struct SecureConnectionTests {
    static let program = """
        import http.server, ssl, sys
        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *_): pass
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"ok")
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain("certificate.pem", "key.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True)
        print(server.server_port, flush=True)
        server.serve_forever()
        """

    @Test func `a server is trusted by its certificate only`() async throws {
        let folder = try TemporaryFolder()
        try ExternalTool("openssl").run(
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "certificate.pem",
                "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1",
            ], in: folder.url)
        let server = try PythonServer(Self.program, in: folder.url)
        defer { withExtendedLifetime(server) {} }
        let port = server.port
        let request = Request(.get, try #require(WebAddress("https://127.0.0.1:\(port)/")))

        let stranger = try Transport(userAgent: "reelgate/test")
        do throws(TransportFailure) {
            _ = try await stranger.collect(request)
            Issue.record("a certificate that nobody vouches for was accepted")
        } catch {
            #expect(error.kind == .insecureConnection)
            #expect(!error.mayHaveBeenSent)
        }
        let friend = try Transport(userAgent: "reelgate/test", trustFile: folder.path("certificate.pem"))
        #expect(try await friend.collect(request).body == Array("ok".utf8))
        // Its certificate is for the number, not for the name.
        let other = Request(.get, try #require(WebAddress("https://localhost:\(port)/")))
        do throws(TransportFailure) {
            _ = try await friend.collect(other)
            Issue.record("a certificate for another name was accepted")
        } catch {
            #expect(error.kind == .insecureConnection)
        }
    }
}
