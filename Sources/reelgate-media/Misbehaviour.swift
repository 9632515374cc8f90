#if DEBUG
    #if canImport(Glibc)
        internal import Glibc
    #else
        internal import Darwin
    #endif
    internal import ReelModel
    internal import ReelWorker

    /// What a worker may do when a hostile file has got the better of a decoder, on command, to prove that the cage
    /// holds and that whoever started the worker copes. Ordered by asking for a file of the name `misbehave:crash` and
    /// so on (an argument may follow after another colon, and an extension), of a worker that was started with
    /// `--misbehave`; it is not in release builds.
    struct Misbehaviour {
        #if canImport(Glibc)
            private static let stream = CInt(SOCK_STREAM.rawValue), datagram = CInt(SOCK_DGRAM.rawValue)
        #else
            private static let stream = SOCK_STREAM, datagram = SOCK_DGRAM
        #endif

        private let way: String
        private let argument: String

        init?(ordered task: WorkerRequest.Task) {
            let prefix = "misbehave:"
            let name = task.subject.split(separator: "/").last ?? ""
            guard name.hasPrefix(prefix) else { return nil }
            let words = name.dropFirst(prefix.count).prefix { $0 != "." }.split(separator: ":")
            way = words.first.map { String($0) } ?? ""
            argument = words.dropFirst().first.map { String($0) } ?? ""
        }

        /// Throws what came of it, where it leaves the worker alive; returns where the order is not known.
        func run(_ pulse: Pulse, _ descriptors: [CInt]) throws(Failure) {
            try takeOver(pulse)
            try exhaust(descriptors)
            try breakOut(descriptors)
        }

        /// Ways in which a worker is lost, or holds its front up.
        private func takeOver(_ pulse: Pulse) throws(Failure) {
            let sender = LineSender(descriptor: ReelgateMedia.socket)
            switch way {
            case "crash": UnsafeMutablePointer<Int>(bitPattern: 64)?.pointee = 1
            case "abort": abort()
            case "exit": _exit(3)
            case "hang": while true { pause() }
            case "spin": while true {}
            case "beat":
                // It lives, and gets nowhere.
                while true {
                    pulse.beat()
                    usleep(1000)
                }
            case "work":
                // It works on, and says so, until it is stopped.
                var done = 0.0
                while true {
                    done += 1
                    pulse.report(1 - 1 / done)
                    usleep(1000)
                }
            case "babble": _ = sender.send(Array("what?".utf8))
            case "chatter":
                let line = try? MessageCoder.line(WorkerReply(id: 1, content: .progress(0.5)))
                while true { _ = sender.send(line ?? []) }
            case "long-line":
                let piece = [UInt8](repeating: 65, count: 1 << 20)
                while true { _ = write(ReelgateMedia.socket, piece, piece.count) }
            case "shout":
                let piece = [UInt8](repeating: 65, count: 1 << 16)
                while true { _ = write(2, piece, piece.count) }
            case _: return
            }
        }

        /// Ways to take more than is given.
        private func exhaust(_ descriptors: [CInt]) throws(Failure) {
            switch way {
            case "grow":
                let piece = 16 << 20
                while let memory = malloc(piece) { memset(memory, 1, piece) }
                abort()
            case "fill":
                let piece = [UInt8](repeating: 65, count: 1 << 20)
                var written = 0
                while let file = descriptors.last {
                    let count = write(file, piece, piece.count)
                    guard count > 0 else { throw told("stopped by \(errno) after \(written)") }
                    written += count
                }
            case "raise-limits":
                var limits = rlimit(rlim_cur: .max, rlim_max: .max)
                #if canImport(Glibc)
                    try tell(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limits))
                #else
                    try tell(setrlimit(RLIMIT_FSIZE, &limits))
                #endif
            case _: return
            }
        }

        /// Ways to what is outside.
        private func breakOut(_ descriptors: [CInt]) throws(Failure) {
            switch way {
            case "read-passwd": try tell(open("/etc/passwd", O_RDONLY))
            case "read-proc": try tell(open("/proc/\(getppid())/environ", O_RDONLY))
            case "read-font": try tell(open("/usr/share/fonts", O_RDONLY))
            case "list-root": try tell(open("/", O_RDONLY | O_DIRECTORY))
            case "write-tmp": try tell(open("/tmp/reelgate-misbehaves-\(getpid())", O_WRONLY | O_CREAT, 0o600))
            case "write-scratch":
                try tell(openat(descriptors.count > 2 ? descriptors[2] : -1, "x", O_WRONLY | O_CREAT, 0o600))
            case "unlink": try tell(unlink("/tmp/reelgate-misbehaves"))
            case "connect": try connectTo(Self.stream)
            case "udp": try connectTo(Self.datagram)
            case "unix": try tell(socket(AF_UNIX, Self.stream, 0))
            case "kill-parent": try tell(kill(getppid(), 0))
            #if os(Linux)
                case "fork":
                    let fork = unsafeBitCast(dlsym(nil, "fork"), to: (@convention(c) () -> pid_t).self)
                    if fork() == 0 { _exit(0) }
                    throw told("done")
                case "ptrace":
                    typealias Trace = @convention(c) (CInt, pid_t, Int, Int) -> Int
                    let trace = unsafeBitCast(dlsym(nil, "ptrace"), to: Trace.self)
                    // PTRACE_ATTACH
                    try tell(CInt(trace(16, getppid(), 0, 0)))
                case "exec":
                    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("true"), nil]
                    try tell(execv("/bin/true", &arguments))
                case "spawn":
                    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("true"), nil]
                    var child = pid_t()
                    try tell(-posix_spawn(&child, "/bin/true", nil, nil, &arguments, nil))
                case "make-code":
                    let page = mmap(nil, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
                    try tell(page == MAP_FAILED ? -1 : 0)
            #endif
            case _: return
            }
        }

        private func connectTo(_ kind: CInt) throws(Failure) {
            let descriptor = socket(AF_INET, kind, 0)
            guard descriptor >= 0 else { throw told("errno \(errno)") }
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = (in_port_t(argument) ?? 0).bigEndian
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            let result = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            if result == 0 { _ = write(descriptor, "x", 1) }
            try tell(result)
        }

        private func tell(_ result: CInt) throws(Failure) {
            throw told(result < 0 ? "errno \(errno)" : "done")
        }

        private func told(_ outcome: String) -> Failure {
            Failure(.notDone, subject: "misbehave:\(way)", problem: outcome, remedy: "None")
        }
    }
#endif
