public import ReelModel

/// One line from the front to the worker. The descriptors that it speaks of travel with its first byte, in the order
/// that each request names.
public struct WorkerRequest: Sendable, Codable {
    public static let version = 2

    public var version = WorkerRequest.version
    public var id: Int
    public var task: Task

    public init(id: Int, task: Task) {
        self.id = id
        self.task = task
    }

    public enum Task: Sendable, Codable {
        case libraries
        /// Descriptors: the file.
        case inspect(name: String, scope: Scope)
        /// Descriptors: the input, the output, the scratch folder.
        case fit(plan: Plan, inputName: String, outputName: String)
        /// Descriptors: the output, then the assets.
        case render(storyboard: Storyboard, outputName: String, assetNames: [String])
    }
}

extension WorkerRequest.Task {
    /// How many descriptors travel with it.
    public var descriptorCount: Int {
        switch self {
        case .libraries: 0
        case .inspect: 1
        case .fit: 3
        case .render(_, _, let assetNames): 1 + assetNames.count
        }
    }

    /// Which of its descriptors is the scratch folder.
    public var scratchPlace: Int? {
        switch self {
        case .libraries, .inspect, .render: nil
        case .fit: 2
        }
    }

    /// Whether it may have to make files in a scratch folder. A worker can do that in the folder of its first request
    /// only: before it reads the first byte of a file it gives up every other one.
    public var needsScratch: Bool {
        switch self {
        case .libraries, .inspect, .render: false
        case .fit(let plan, _, _): plan.needsScratch
        }
    }

    /// What a failure of it is about: the file that is read, or else the one that is made.
    public var subject: String {
        switch self {
        case .libraries: "the media libraries"
        case .inspect(let name, _): name
        case .fit(_, let inputName, _): inputName
        case .render(_, let outputName, _): outputName
        }
    }
}

/// One line from the worker to the front, about the request with the same id. Results carry facts, never judgements.
public struct WorkerReply: Sendable, Codable {
    /// Of the worker's first line, which answers no request.
    public static let unasked = 0

    public var id: Int
    public var content: Content

    public init(id: Int, content: Content) {
        self.id = id
        self.content = content
    }

    public enum Content: Sendable, Codable {
        /// The first line of every worker: the version of the messages that it speaks.
        case hello(version: Int)
        /// From 0 to 1; any number of these before the one that ends the request. While the work moves there is one
        /// at least every second, even where the fraction has not changed.
        case progress(Double)
        case libraries([String: String])
        case facts(Facts)
        case fitted(FitOutcome)
        case rendered
        case failed(Failure)
    }
}

extension Plan {
    /// Whether carrying it out may take files besides the result: statistics of a first pass, sound that is coded once.
    var needsScratch: Bool {
        steps.contains {
            switch $0 {
            case .encodeVideo, .encodeAudio, .keepText, .remux, .trim: true
            case .rename, .convertImage, .convertAnimation, .stripImage: false
            }
        }
    }
}
