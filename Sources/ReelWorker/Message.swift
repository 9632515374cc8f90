public import ReelModel

/// One line from the front to the worker. The descriptors that it speaks of travel with its first byte, in the order
/// that each request names.
public struct WorkerRequest: Sendable, Codable {
    public static let version = 1

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
        case inspect(name: String, depth: Depth)
        /// Descriptors: the input, the output, the scratch folder.
        case fit(plan: Plan, inputName: String, outputName: String)
        /// Descriptors: the output, then the assets.
        case render(storyboard: Storyboard, outputName: String, assetNames: [String])
    }
}

/// One line from the worker to the front, about the request with the same id. Results carry facts, never judgements.
public struct WorkerReply: Sendable, Codable {
    public var id: Int
    public var content: Content

    public init(id: Int, content: Content) {
        self.id = id
        self.content = content
    }

    public enum Content: Sendable, Codable {
        /// From 0 to 1; any number of these before the one that ends the request.
        case progress(Double)
        case libraries([String: String])
        case facts(Facts)
        case fitted(FitOutcome)
        case rendered
        case failed(Failure)
    }
}
