internal import ReelModel
internal import ReelRemote

extension Runner {
    /// Sends the prompt once, sees to it that the timeline shows its effect, and tells what that was.
    func message(to session: String, _ work: Work) async throws {
        guard let prompt = work.order.prompt else { return }
        let record = try journal.record(of: .message, in: work.run)
        let noted = record?.intent["before"]?.text
        if record?.isAnswered == true {
            return try await settle(from: noted.flatMap(SessionState.init(canonical:)), false, in: session, work)
        }
        if let record {
            observe(.askingState(why: "whether the prompt arrived is not known"))
            let isThere = try await recover(
                before: noted ?? "", credits: record.intent["credits"]?.elements?.compactMap(\.integer), in: session,
                work)
            if isThere { return try journal.finish(.message, of: work.run) }
            observe(.note("The prompt never reached the backend; sending it now"))
        }
        let before = try await client.state(session: session)
        let credits = await creditsNow()
        try journal.begin(
            .message, of: work.run,
            [
                "text": .string(prompt), "before": .string(before.canonical),
                "credits": credits.map { .array($0.map { JSON($0) }) } ?? .null,
            ])
        let (ending, seen) = try await send(prompt, to: session, from: before)
        switch ending {
        case .ended(let reply):
            if reply.isSilent { observe(.askingState(why: "the agent ended without a word")) }
            let isQuiet = reply.isSilent && seen.canonical == before.canonical
            try await noteCredits(since: credits, work)
            try await settle(from: seen, isQuiet, in: session, work)
        case .cut(let why):
            observe(.askingState(why: why))
            guard try await recover(before: before.canonical, credits: credits, in: session, work) else {
                throw Failure(
                    .interrupted, subject: work.run, problem: "the prompt did not reach the backend",
                    remedy: "`reelgate resume \(work.run)` sends it again")
            }
            try await noteCredits(since: credits, work)
            try await settle(from: seen, false, in: session, work)
        }
    }

    /// Ends the step, with what it cost.
    private func noteCredits(since before: [Int64]?, _ work: Work) async throws {
        let after = await creditsNow()
        try journal.finish(
            .message, of: work.run, ["credits": after.map { .array($0.map { JSON($0) }) } ?? .null])
        if let before = before?.first, let after = after?.first, before != after {
            observe(.credits(before: before, after: after))
        }
    }

    /// Tells what has changed since, and waits for what has to come: where a render follows, until there is something
    /// to render; where the agent said nothing and nothing has changed yet, until it has. It may go on for a while
    /// after its last word.
    private func settle(
        from before: SessionState?, _ isQuiet: Bool, in session: String, _ work: Work
    ) async throws {
        var known = before
        for look in 0..<MessageRecovery.looks {
            if look > 0 { try await pause(work.order.pollInterval) }
            let state = try await client.state(session: session)
            let changes = known == nil ? [] : state.changes(from: known)
            if !changes.isEmpty { observe(.changed(changes)) }
            known = state
            let hasChanged = !changes.isEmpty
            if work.order.output == nil {
                if !isQuiet || hasChanged { return }
            } else if state.draft?.isExportable == true, !isQuiet || hasChanged {
                return
            }
            if look == 0, !isQuiet { observe(.askingState(why: "the agent has made no timeline yet")) }
        }
        if isQuiet, work.order.output == nil {
            return observe(
                .note("The agent ended without a word, and nothing has changed; say it again in other words"))
        }
        if known?.draft?.isExportable == true {
            throw Failure(
                .notDone, subject: work.run, problem: "the agent ended without a word, and nothing has changed",
                remedy: "Say it in other words with --session \(session); `reelgate export --session \(session)`"
                    + " renders the timeline as it is")
        }
        throw Failure(
            .notDone, subject: work.run, problem: "the agent answered, and made no timeline",
            remedy: "Be more specific, as in \"create a realistic image of a mountain sunset with a lake reflection\"")
    }

    private enum Ending: Sendable {
        case ended(AgentReply)
        /// The stream broke off; the message may have been received.
        case cut(why: String)
    }

    /// Sends it and shows the answer. Where a tool has finished, the state is asked while the stream goes on: the
    /// stages of a generation have no other mark. Returns the state as it was seen last.
    private func send(
        _ prompt: String, to session: String, from before: SessionState
    ) async throws -> (Ending, SessionState) {
        let (finishedTools, mark) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        defer { mark.finish() }
        async let watching = watch(session, from: before, at: finishedTools)
        var talk = InterfaceTalk()
        let ending: Ending
        do {
            let reply = try await client.sendMessage(prompt, session: session) { event in
                switch event {
                case .text(let text): show(talk.on(text))
                case .segment: show(talk.finish())
                case .stillWorking: observe(.stillWorking)
                case .warning(let words): observe(.note("The agent warns: \(words)"))
                case .failed(let failure): observe(.note("The agent reports: \(failure.message)"))
                case .toolFinished(_, succeeded: true): mark.yield()
                case .working, .toolStarted, .toolFinished(_, succeeded: false): break
                }
            }
            show(talk.finish())
            ending = .ended(reply)
        } catch let error as RemoteError where error.mayHaveTakenEffect && error.isLost {
            show(talk.finish())
            ending = .cut(why: "the answer to the prompt was cut off")
        }
        mark.finish()
        return (ending, await watching)
    }

    private func show(_ pieces: [InterfaceTalk.Piece]) {
        for piece in pieces {
            switch piece {
            case .text(let text): observe(.agent(text))
            case .action(let action): observe(.asked(action))
            }
        }
    }

    private func watch(_ session: String, from before: SessionState, at marks: AsyncStream<Void>) async -> SessionState
    {
        var known = before
        for await _ in marks {
            guard let state = try? await client.state(session: session) else { continue }
            let changes = state.changes(from: known)
            if !changes.isEmpty { observe(.changed(changes)) }
            known = state
        }
        return known
    }

    /// Asks the state until it tells what became of the message: `true` where it took effect, `false` where it may
    /// be sent.
    private func recover(before: String, credits: [Int64]?, in session: String, _ work: Work) async throws -> Bool {
        var machine = MessageRecovery(before: before, creditsBefore: credits)
        var intervals = 1
        while true {
            try await pause(Double(intervals) * work.order.pollInterval)
            let state = try? await client.state(session: session)
            let now = await creditsNow()
            switch machine.on(
                state: state?.canonical,
                isExportable: work.order.output == nil || state?.draft?.isExportable == true, credits: now)
            {
            case .wait(let next): intervals = next
            case .adopt: return true
            case .send: return false
            case .giveUp:
                throw Failure(
                    .notDone, subject: work.run,
                    problem: "the timeline has not changed, and whether the prompt was received cannot be told",
                    remedy: "Look at it with `reelgate status --session \(session)`, then `reelgate resume \(work.run)`"
                        + " or start a new run; the prompt is not sent again by itself, because it may have been paid for"
                )
            }
        }
    }

    private func creditsNow() async -> [Int64]? {
        // They are the evidence of whether a message arrived, so one failure is not enough to go without.
        for _ in 0..<3 {
            if let credits = try? await client.credits() { return [credits.available, credits.frozen] }
        }
        return nil
    }
}

extension RemoteError {
    /// Whether there is no answer, as against one that says no.
    fileprivate var isLost: Bool {
        switch kind {
        case .outcomeUnknown, .timedOut, .unreachable, .serverError, .unreadableAnswer, .insecure: true
        case .tokenInvalid, .sessionNotFound, .outOfCredits, .unsupportedType, .tooLarge, .clientIDMissing, .planTooLow,
            .rateLimited, .notFound, .linkExpired, .refused, .localFile:
            false
        }
    }
}
