#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The worker. It is started by `WorkerService`, reads requests from the socket at descriptor 3, answers there, prints
/// nothing, and ends when the socket closes.
@main
enum ReelgateMedia {
    /// Where the socket is.
    static let socket: CInt = 3

    static func main() {
        guard let arguments = Arguments(CommandLine.arguments.dropFirst()), isSocket(socket) else { exit(EX_USAGE) }
        guard Cage(arguments).limit() else { exit(EX_OSERR) }
        WorkLoop(socket: socket, arguments: arguments).run()
    }

    private static func isSocket(_ descriptor: CInt) -> Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
    }
}
