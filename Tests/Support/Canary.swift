internal import Foundation
internal import Testing

/// A file that nobody may open, and a port of this machine that nobody may call, each of which tells whether somebody
/// has.
public final class Canary {
    private let listener: CInt
    /// An inotify(7) descriptor, or -1.
    private let watch: CInt
    public let port: UInt16

    /// Makes the file, with something in it, if there is to be one.
    public init(file path: String? = nil, datagrams: Bool = false) throws {
        #if os(Linux)
            let kind = CInt((datagrams ? SOCK_DGRAM : SOCK_STREAM).rawValue)
            watch = path == nil ? -1 : inotify_init1(CInt(IN_NONBLOCK) | CInt(IN_CLOEXEC))
        #else
            let kind = datagrams ? SOCK_DGRAM : SOCK_STREAM
            watch = -1
        #endif
        listener = socket(AF_INET, kind, 0)
        _ = fcntl(listener, F_SETFD, FD_CLOEXEC)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = listener
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
            }
        }
        port = UInt16(bigEndian: address.sin_port)
        try #require(isBound)
        if !datagrams { try #require(listen(descriptor, 8) == 0) }
        guard let path else { return }
        try Data("a secret".utf8).write(to: URL(filePath: path))
        #if os(Linux)
            try #require(inotify_add_watch(watch, path, UInt32(IN_OPEN) | UInt32(IN_ACCESS)) >= 0)
        #endif
    }

    /// Whether anybody has opened the file (only Linux tells), or called the port.
    public var wasTouched: Bool {
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
