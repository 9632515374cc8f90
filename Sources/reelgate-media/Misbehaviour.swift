#if DEBUG
    #if canImport(Glibc)
        internal import Glibc
    #else
        internal import Darwin
    #endif
    internal import ReelWorker

    /// What a worker may do when a hostile file has got the better of a decoder, on command, to prove that whoever
    /// started it copes. Ordered by asking for a file of the name `misbehave:crash` and so on, of a worker that was
    /// started with `--misbehave`; it is not in release builds.
    enum Misbehaviour: String {
        case crash, hang, grow, exit, babble
        /// No misbehaviour: it works on, and says so, until it is stopped.
        case work

        init?(ordered task: WorkerRequest.Task) {
            let prefix = "misbehave:"
            guard task.subject.hasPrefix(prefix) else { return nil }
            self.init(rawValue: String(task.subject.dropFirst(prefix.count)))
        }

        func run(_ pulse: Pulse) {
            switch self {
            case .crash: UnsafeMutablePointer<Int>(bitPattern: 64)?.pointee = 1
            case .hang: while true { pause() }
            case .grow: grow()
            case .exit: _exit(3)
            case .babble: _ = LineSender(descriptor: ReelgateMedia.socket).send(Array("what?".utf8))
            case .work:
                var done = 0.0
                while true {
                    done += 1
                    pulse.report(1 - 1 / done)
                    usleep(1000)
                }
            }
        }

        private func grow() {
            let piece = 64 << 20
            while let memory = malloc(piece) { memset(memory, 1, 1) }
            abort()
        }
    }
#endif
