public import ReelMedia
public import ReelModel

/// Measures a file, at any depth, over a descriptor that stays the caller's.
public enum Inspector {
    /// What the file is.
    ///
    /// - `header`: what its demuxer tells, some packets having been read and tried.
    /// - `packets`: every packet is read; lengths, counts and rates are what was found, not what was promised. What the
    ///   headers of ISO BMFF and Matroska leave to a decoder stays unknown.
    /// - `frames`: besides, every frame of every picture and sound stream is decoded, once, with every check that the
    ///   decoders have; what they find wrong is in `Measured.faults`, and decoding goes on. What several threads find
    ///   damaged is decoded again from the beginning by one, so that the same file gives the same facts.
    ///
    /// Of a sample only what is found in it is added to what the headers tell, and the depth stays theirs; a file of
    /// which a sample would be most, or in which nothing can be sought, is decoded whole.
    ///
    /// What only the file's own boxes tell (index first, edit lists, missing bytes) stays unknown here.
    /// - Parameters:
    ///   - scope: the depth, and what is looked for in the frames.
    ///   - name: for messages and for the extension; never opened.
    ///   - progress: told a fraction from 0 to 1 that never goes back.
    /// - Throws: where the file cannot be opened as media at all, or the work is cancelled.
    public static func facts(
        of descriptor: CInt, name: String, scope: Scope, progress: @escaping (Double) -> Void = { _ in },
        cancellation: Cancellation = Cancellation()
    ) throws(Failure) -> Facts {
        try facts(descriptor, name, scope, .many, progress, cancellation)
    }

    private static func facts(
        _ descriptor: CInt, _ name: String, _ scope: Scope, _ threading: Threading,
        _ progress: @escaping (Double) -> Void, _ cancellation: Cancellation
    ) throws(Failure) -> Facts {
        let depth = scope.depth
        let demuxer = try Demuxer(descriptor: descriptor, name: name, cancellation: cancellation)
        // Trying packets means decoding some: half of the time of reading a short film.
        if depth != .packets || !demuxer.headersSuffice { try demuxer.findStreamInfo() }
        var facts = HeaderFacts.facts(of: demuxer, name: name)
        guard depth > .header else { return facts }
        var reached = 0.0
        let report: (Double) -> Void = { fraction in
            reached = fraction
            progress(fraction)
        }
        let type = facts.type.value
        let result: PassResult
        if depth == .frames, scope.isSample, let pass = SamplingPass(demuxer, scope, type: type, threading) {
            let survey = try Demuxer(descriptor: descriptor, name: name, cancellation: cancellation)
            result = try pass.run(demuxer, survey: survey, name: name, progress: report, cancellation: cancellation)
            if result == .complete { pass.complete(&facts) }
        } else {
            let pass = ReadingPass(demuxer, scope, type: type, threading)
            result = try pass.run(demuxer, name: name, progress: report, cancellation: cancellation)
            if result == .complete {
                pass.complete(&facts)
                facts.depth = depth
            }
        }
        switch result {
        case .complete: return facts
        case .doubtful:
            // What is left of the way is the second time's.
            let done = reached
            return try Self.facts(
                descriptor, name, scope, .one, { progress(done + (1 - done) * $0) }, cancellation)
        case .indivisible:
            var whole = scope
            whole.isSample = false
            return try Self.facts(descriptor, name, whole, threading, progress, cancellation)
        }
    }
}
