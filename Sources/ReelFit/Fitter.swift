public import ReelMedia
public import ReelModel

/// Carries plans out: the only place where a copy that passes is made from a file that does not.
public enum Fitter {
    /// Makes what the plan says from `input` in `output`, and tells what it came to. It blocks until that is done.
    ///
    /// Which streams there are in the result: those that a step names; besides them, where a picture is coded and no
    /// step names sound, the file's main sound, and where sound is coded into a film and no step names a picture, its
    /// main picture. Everything else is left out, and said to be lost.
    ///
    /// - Parameters:
    ///   - input: open for reading; it is never changed.
    ///   - output: open for reading and writing. It holds nothing where this throws: above all never more than
    ///     `plan.maxBytes`.
    ///   - scratch: a folder; what is put there is gone at the end.
    ///   - progress: told fractions from 0 to 1 that never go back.
    /// - Throws: `unreadable` where the input cannot be decoded, `usage` where the plan makes no sense, `interrupted`
    ///   where it was cancelled, `notDone` for the rest: no space, or no way into the bytes.
    public static func carryOut(
        _ plan: Plan, input: CInt, inputName: String, output: CInt, outputName: String, scratch: CInt,
        progress: @escaping @Sendable (Double) -> Void = { _ in }, cancellation: Cancellation = Cancellation()
    ) throws(Failure) -> FitOutcome {
        let job = FitJob(
            maxBytes: plan.maxBytes, maxDuration: plan.maxDuration.map { ($0 * 1000 + 1e-6).rounded(.down) / 1000 },
            input: OpenMedia(descriptor: input, name: inputName),
            output: OpenMedia(descriptor: output, name: outputName), scratch: ScratchFolder(descriptor: scratch),
            cancellation: cancellation)
        let whole = ProgressSpan(progress)
        do throws(Failure) {
            let outcome = try carryOut(plan, job, whole)
            guard outcome.bytes > 0, plan.maxBytes.map({ outcome.bytes <= $0 }) ?? true else {
                throw job.over(outcome.bytes)
            }
            whole.report(1)
            return outcome
        } catch {
            job.output.empty()
            throw error
        }
    }

    private static func carryOut(
        _ plan: Plan, _ job: FitJob, _ progress: ProgressSpan
    ) throws(Failure) -> FitOutcome {
        for step in plan.steps {
            switch step {
            case .convertImage(let target):
                guard plan.steps.count == 1 else {
                    throw job.senseless("a picture is converted by one step alone")
                }
                return try ImageFit(target, output: plan.output, job).carryOut(progress)
            case .convertAnimation(let target):
                guard plan.steps.count == 1, plan.output == .gif else {
                    throw job.senseless("an animation is made smaller by one step alone, and stays a GIF")
                }
                return try AnimationFit(target, job).carryOut(progress)
            case .stripImage(let orientation):
                guard plan.steps.count == 1 else {
                    throw job.senseless("what is noted beside a picture is left out by one step alone")
                }
                return try WithoutNotes(orientation, output: plan.output, job).carryOut(progress)
            case .rename, .remux, .trim, .encodeAudio, .encodeVideo, .keepText: continue
            }
        }
        guard plan.steps.contains(where: { $0 != .rename }) else {
            throw job.senseless("nothing has to be done to it but to give it another name")
        }
        return try FilmFit(plan, job).carryOut(progress)
    }
}
