internal import ReelFit
internal import ReelInspect
internal import ReelMedia
public import ReelModel
internal import ReelRender
public import ReelWorker

/// Carries a request out, with the media libraries, in this process: what the worker and the in-process service share.
public enum Dispatcher {
    /// The files besides those handed over that a request may need to read: typefaces.
    public static var readableFiles: [String] { Typeface.files }

    /// The descriptors are those that the task names, in its order; they stay open and belong to the caller. It blocks
    /// until the work is done. `isCancelled` is asked often, and ends the work with a failure of kind `interrupted`.
    public static func run(
        _ task: WorkerRequest.Task, descriptors: [CInt], progress: @escaping ProgressHandler,
        isCancelled: @escaping @Sendable () -> Bool
    ) throws(Failure) -> WorkerReply.Content {
        guard descriptors.count == task.descriptorCount else {
            throw Failure(
                .notDone, subject: task.subject,
                problem: "\(descriptors.count) files were handed over where \(task.descriptorCount) are needed",
                remedy: "Use fewer files at a time")
        }
        let cancellation = Cancellation(asking: isCancelled)
        switch task {
        case .libraries:
            return .libraries(MediaLibraries.versions)
        case .inspect(let name, let scope):
            return .facts(
                try Inspector.facts(
                    of: descriptors[0], name: name, scope: scope, progress: progress, cancellation: cancellation))
        case .fit(let plan, let inputName, let outputName):
            return .fitted(
                try Fitter.carryOut(
                    plan, input: descriptors[0], inputName: inputName, output: descriptors[1], outputName: outputName,
                    scratch: descriptors[2], progress: progress, cancellation: cancellation))
        case .render(let storyboard, let outputName, let assetNames):
            let assets = zip(descriptors.dropFirst(), assetNames).map { (descriptor: $0, name: $1) }
            try Renderer.render(
                storyboard, assets: assets, output: descriptors[0], outputName: outputName, cancellation: cancellation,
                progress: progress)
            return .rendered
        }
    }
}
