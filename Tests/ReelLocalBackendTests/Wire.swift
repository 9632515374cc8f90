import Foundation

/// A bare connection, for what no well-behaved client does. Its calls block, and so run on a thread of their own.
final class Wire: @unchecked Sendable {
    private let descriptor: Int32
    private let queue = DispatchQueue(label: "wire")

    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        struct NoConnection: Error {}
        guard result == 0 else { throw NoConnection() }
    }

    func send(_ bytes: [UInt8]) async {
        await run {
            var rest = bytes[...]
            while !rest.isEmpty {
                let sent = rest.withUnsafeBytes {
                    Glibc.send(self.descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard sent > 0 else { return }
                rest = rest.dropFirst(sent)
            }
        }
    }

    func send(_ text: String) async { await send(Array(text.utf8)) }

    /// What arrives until the text is in it, or the other side closes.
    func receive(until text: String) async -> String {
        await run {
            var received: [UInt8] = []
            var piece = [UInt8](repeating: 0, count: 65_536)
            while !String(decoding: received, as: UTF8.self).contains(text) {
                let count = recv(self.descriptor, &piece, piece.count, 0)
                guard count > 0 else { break }
                received += piece[..<count]
            }
            return String(decoding: received, as: UTF8.self)
        }
    }

    /// A server that never answers shall not hold the test for ever.
    func limitWaiting(seconds: Int) {
        var limit = timeval(tv_sec: seconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    func hangUp() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    private func run<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: work()) }
        }
    }

    deinit { close(descriptor) }
}
