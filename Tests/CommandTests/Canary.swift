import Foundation
import Testing

/// A file that nobody may open, and a port that nobody may call, each of which tells whether somebody has.
final class Canary {
    private let listener: CInt
    private let watch: CInt
    let port: UInt16

    init(_ path: String) throws {
        try Data("a secret".utf8).write(to: URL(filePath: path))
        #if os(Linux)
            watch = inotify_init1(CInt(IN_NONBLOCK.rawValue | IN_CLOEXEC.rawValue))
            try #require(inotify_add_watch(watch, path, UInt32(IN_OPEN | IN_ACCESS)) >= 0)
            let kind = CInt(SOCK_STREAM.rawValue)
        #else
            watch = -1
            let kind = SOCK_STREAM
        #endif
        listener = socket(AF_INET, kind, 0)
        _ = fcntl(listener, F_SETFD, FD_CLOEXEC)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = listener
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && listen(descriptor, 8) == 0
                    && getsockname(descriptor, $0, &size) == 0
            }
        }
        port = UInt16(bigEndian: address.sin_port)
        try #require(isListening)
    }

    var wasTouched: Bool {
        var watched = [
            pollfd(fd: listener, events: Int16(POLLIN), revents: 0),
            pollfd(fd: watch, events: Int16(POLLIN), revents: 0),
        ]
        return poll(&watched, 2, 0) != 0
    }

    deinit {
        close(listener)
        if watch >= 0 { close(watch) }
    }
}
