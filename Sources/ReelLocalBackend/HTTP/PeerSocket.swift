internal import FlyingFox
internal import Foundation
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The connection that a request came over, for what the server library has no words for.
struct PeerSocket {
    private let descriptor: CInt

    /// Finds it among the process's open files, by both of its ends. `nil` where it is gone.
    init?(_ request: HTTPRequest, port: UInt16) {
        guard case .ip4(_, port: let peer)? = request.remoteAddress else { return nil }
        let open = (try? FileManager.default.contentsOfDirectory(atPath: "/dev/fd")) ?? []
        let found = open.lazy.compactMap { CInt($0) }.first {
            Self.port($0, getpeername) == peer && Self.port($0, getsockname) == port
        }
        guard let found else { return nil }
        descriptor = found
    }

    /// Asks a client that sent `Expect: 100-continue` for its body (RFC 9110, 10.1.1).
    func sendContinue() {
        let line = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)
        #if canImport(Glibc)
            _ = send(descriptor, line, line.count, Int32(MSG_NOSIGNAL))
        #else
            _ = send(descriptor, line, line.count, 0)
        #endif
    }

    /// Makes the close that follows a reset: what is on its way is thrown away, and the peer is told that it broke.
    func resetWhenClosed() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    private typealias Name = (CInt, UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> CInt

    private static func port(_ descriptor: CInt, _ name: Name) -> UInt16? {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { name(descriptor, $0, &length) }
        }
        guard result == 0, address.sin_family == sa_family_t(AF_INET) else { return nil }
        return UInt16(bigEndian: address.sin_port)
    }
}
