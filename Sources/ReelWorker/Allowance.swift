#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif
internal import ReelModel

/// What a job may take: so much that no honest file comes near it on a slow machine, and so little that one which was
/// made to keep a decoder busy for ever does not.
struct Allowance: Equatable {
    /// Of all cores together.
    var processorTime: Duration
    /// By the clock. A worker may have to share its cores with a dozen others.
    var time: Duration
    /// How long the fraction that is done may stay what it is, whatever else the worker says.
    var standstill: Duration
    /// Bytes in memory.
    var memory: Int64?
    /// Bytes of the largest file that it may write.
    var output: Int64

    private static let longest = Duration.seconds(24 * 3600)

    private init(seconds: Double, memory: Int64?, output: Int64) {
        processorTime = min(.seconds(seconds), Self.longest)
        time = processorTime * 3 + .seconds(120)
        standstill = max(.seconds(600), time / 4)
        self.memory = memory
        self.output = output
    }

    /// - Parameters:
    ///   - bytes: of the files that are read, together.
    ///   - memoryLimit: of the worker's address space, in bytes.
    init(for task: WorkerRequest.Task, bytes: Int64, memoryLimit: Int64?) {
        let size = Double(bytes)
        // Seen before allocation fails, which many a library answers with a crash.
        let most = memoryLimit.map { $0 / 4 * 3 }
        switch task {
        case .libraries: self.init(looking: .header, size, memory: most)
        case .inspect(_, let scope): self.init(looking: scope.depth, size, memory: most)
        case .fit(let plan, _, _):
            // Several encodes, each slower than decoding by far. Nothing is written that is much larger than what is
            // read or wanted; a picture may be, by what its old form compressed better.
            self.init(
                seconds: 1200 + size / (plan.needsScratch ? 2e3 : 10e3), memory: most,
                output: max(bytes, plan.maxBytes ?? 0).saturatingMultiply(4).saturatingAdd(1 << 30))
        case .render(let storyboard, _, _):
            let seconds = Double(max(storyboard.duration, 0)) / 1000
            let pictures = seconds * max(storyboard.frameRate.doubleValue, 1)
            let pixels = Double(storyboard.canvas.width) * Double(storyboard.canvas.height)
            // A core draws and codes a million pixels a second at the least; 20 MB is a second of film at its largest.
            self.init(
                seconds: 1200 + pictures * pixels / 1e6 + size / 10e3, memory: most,
                output: Int64(min(seconds * 20e6, 1e12)) + 1 << 30)
        }
    }

    private init(looking depth: Depth, _ size: Double, memory: Int64?) {
        switch depth {
        case .header:
            // Some packets are tried, of streams that no header describes.
            self.init(seconds: 10, memory: min(memory ?? .max, 2 << 30), output: 0)
        case .packets:
            // Reading: 2 MB a second is a slow network's folder.
            self.init(seconds: 60 + size / 2e6, memory: memory, output: 0)
        case .frames:
            // Decoding: 4K at 100 kb/s is 2.4 frames in 10 kB, and one core does ten in a second.
            self.init(seconds: 600 + size / 10e3, memory: memory, output: 0)
        }
    }

    /// For these files, with what the configuration sets in place of it.
    init(for job: WorkerJob, _ configuration: WorkerService.Configuration) {
        let bytes = job.files.reduce(Int64(0)) { sum, file in
            var status = stat()
            guard fstat(file.descriptor, &status) == 0 else { return sum }
            return sum &+ max(Int64(status.st_size), 0)
        }
        self.init(for: job.task, bytes: max(bytes, 0), memoryLimit: configuration.memoryLimit)
        if let limit = configuration.timeLimit { time = limit }
        if let limit = configuration.processorTimeLimit { processorTime = limit }
        if let limit = configuration.standstillLimit { standstill = limit }
    }
}
