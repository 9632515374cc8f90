import Foundation
import Synchronization

/// A server on this machine that answers as a test tells it, byte by byte, so that it can break HTTP in every way.
final class LoopbackServer: Sendable {
    struct Asked: Sendable {
        var connection: Int
        var method: String
        var target: String
        var headers: [(name: String, value: String)]
        var body: [UInt8]

        func header(_ name: String) -> String? { headers.first { $0.name == name.lowercased() }?.value }
        var text: String { String(decoding: body, as: UTF8.self) }
    }

    enum Step: Sendable {
        case send([UInt8])
        /// Waits until the client hangs up.
        case hang
        case close
        /// Closes so that the client is told that the connection was reset.
        case reset

        static func send(_ text: String) -> Step { .send(Array(text.utf8)) }

        /// A whole answer, after which the connection is kept.
        static func reply(_ status: Int, _ headers: [String] = [], _ body: [UInt8]) -> Step {
            let head = ["HTTP/1.1 \(status) Status", "Content-Length: \(body.count)"] + headers
            return .send(Array((head.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
        }

        static func json(_ status: Int = 200, _ text: String) -> Step {
            reply(status, ["Content-Type: application/json"], Array(text.utf8))
        }

        /// The head of a stream of events, chunked.
        static let eventStream = send(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n")

        static func chunk(_ text: String) -> Step {
            send("\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n")
        }

        static let lastChunk = send("0\r\n\r\n")
    }

    private let socket: CInt
    let port: Int
    private let connections = Connections()

    /// - Parameter answer: for each request, with its number from 1.
    init(_ answer: @escaping @Sendable (Asked, Int) -> [Step]) {
        (socket, port) = Self.listen()
        // The threads hold the connections and not the server, whose end ends them.
        Thread.detachNewThread { [socket, connections] in
            var count = 0
            while true {
                let connection = accept(socket, nil, nil)
                guard connection >= 0 else { return }
                count += 1
                let number = count
                connections.sockets.withLock { $0.append(connection) }
                Thread.detachNewThread { connections.serve(connection, number, answer) }
            }
        }
    }

    deinit { stop() }

    func stop() {
        shutdown(socket, CInt(SHUT_RDWR))
        for connection in connections.sockets.withLock({ $0 }) { shutdown(connection, CInt(SHUT_RDWR)) }
    }

    var base: String { "http://127.0.0.1:\(port)" }
    var asked: [Asked] { connections.log.withLock { $0 } }

    /// Returns when the next request is in.
    func arrival() async {
        for await _ in connections.arrivals.stream { return }
    }

    /// Returns when a client has hung up on a `hang`.
    func hangUp() async {
        for await _ in connections.hangUps.stream { return }
    }

    /// A port where nobody listens.
    static func silentPort() -> Int {
        let (socket, port) = listen()
        close(socket)
        return port
    }

    private static func listen() -> (CInt, Int) {
        let socket = Foundation.socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                precondition(bind(socket, pointer, length) == 0)
                precondition(Foundation.listen(socket, 16) == 0)
                getsockname(socket, pointer, &length)
            }
        }
        return (socket, Int(UInt16(bigEndian: address.sin_port)))
    }
}

private final class Connections: Sendable {
    typealias Asked = LoopbackServer.Asked
    typealias Step = LoopbackServer.Step

    let log = Mutex<[Asked]>([])
    let sockets = Mutex<[CInt]>([])
    let hangUps = AsyncStream<Void>.makeStream()
    let arrivals = AsyncStream<Void>.makeStream()

    func serve(_ connection: CInt, _ number: Int, _ answer: @Sendable (Asked, Int) -> [Step]) {
        defer {
            sockets.withLock { $0.removeAll { $0 == connection } }
            close(connection)
        }
        var buffer: [UInt8] = []
        while let request = read(connection, number, &buffer) {
            let count = log.withLock { log in
                log.append(request)
                return log.count
            }
            arrivals.continuation.yield()
            for step in answer(request, count) {
                switch step {
                case .send(let bytes): guard write(connection, bytes) else { return }
                case .close: return
                case .reset:
                    var option = linger(l_onoff: 1, l_linger: 0)
                    setsockopt(
                        connection, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
                    return
                case .hang:
                    var byte: UInt8 = 0
                    while recv(connection, &byte, 1, 0) > 0 {}
                    hangUps.continuation.yield()
                    return
                }
            }
        }
    }

    private func read(_ connection: CInt, _ number: Int, _ buffer: inout [UInt8]) -> Asked? {
        let mark = Array("\r\n\r\n".utf8)
        func more() -> Bool {
            var block = [UInt8](repeating: 0, count: 64 * 1024)
            let n = recv(connection, &block, block.count, 0)
            if n > 0 { buffer += block.prefix(n) }
            return n > 0
        }
        var end: Int?
        while true {
            end = buffer.indices.first { buffer[$0...].starts(with: mark) }
            if end != nil { break }
            guard more() else { return nil }
        }
        let lines = String(decoding: buffer[..<end!], as: UTF8.self).components(separatedBy: "\r\n")
        buffer.removeFirst(end! + 4)
        let first = lines[0].split(separator: " ")
        var request = Asked(
            connection: number, method: String(first[0]), target: String(first[1]),
            headers: lines.dropFirst().map { line in
                let parts = line.split(separator: ":", maxSplits: 1)
                let value = parts.count > 1 ? String(parts[1]) : ""
                return (parts[0].lowercased(), value.trimmingCharacters(in: .whitespaces))
            }, body: [])
        // A path that asks for it is answered by its head alone, and the body is left unread.
        if request.target.hasSuffix("/at-once") { return request }
        if request.header("expect") != nil { _ = write(connection, Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)) }
        let length = request.header("content-length").flatMap { Int($0) } ?? 0
        while buffer.count < length {
            guard more() else { return nil }
        }
        request.body = Array(buffer.prefix(length))
        buffer.removeFirst(length)
        return request
    }

    private func write(_ connection: CInt, _ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let n = bytes.withUnsafeBytes { buffer in
                Foundation.send(connection, buffer.baseAddress! + sent, bytes.count - sent, CInt(MSG_NOSIGNAL))
            }
            guard n > 0 else { return false }
            sent += n
        }
        return true
    }
}
