internal import ReelModel
internal import ReelRemote

extension Runner {
    /// Sends the prompt once, and sees to it that the timeline shows its effect.
    func message(to session: String, _ work: Work) async throws {
        guard let prompt = work.order.prompt else { return }
        let record = try journal.record(of: .message, in: work.run)
        if record?.isAnswered == true { return try await awaitTimeline(in: session, work) }
        if let record {
            observe(.askingState(why: "whether the prompt arrived is not known"))
            let isThere = try await recover(
                before: record.intent["before"]?.text ?? "",
                credits: record.intent["credits"]?.elements?.compactMap(\.integer), in: session, work)
            if isThere { return try journal.finish(.message, of: work.run) }
            observe(.note("The prompt never reached the backend; sending it now"))
        }
        let before = try await client.state(session: session).canonical
        let credits = await creditsNow()
        try journal.begin(
            .message, of: work.run,
            [
                "text": .string(prompt), "before": .string(before),
                "credits": credits.map { .array($0.map { JSON($0) }) } ?? .null,
            ])
        switch try await send(prompt, to: session) {
        case .ended:
            try journal.finish(.message, of: work.run)
            try await awaitTimeline(in: session, work)
        case .cut(let why):
            observe(.askingState(why: why))
            guard try await recover(before: before, credits: credits, in: session, work) else {
                throw Failure(
                    .interrupted, subject: work.run, problem: "the prompt did not reach the backend",
                    remedy: "`reelgate resume \(work.run)` sends it again")
            }
            try journal.finish(.message, of: work.run)
        }
    }

    /// Waits until there is something to render; the agent may go on for a while after its last word.
    private func awaitTimeline(in session: String, _ work: Work) async throws {
        for look in 0..<MessageRecovery.looks {
            if look > 0 { try await pause(work.order.pollInterval) }
            if try await client.state(session: session).draft?.isExportable == true { return }
            if look == 0 { observe(.askingState(why: "the agent has made no timeline yet")) }
        }
        throw Failure(
            .notDone, subject: work.run, problem: "the agent answered, and made no timeline",
            remedy: "Be more specific, as in \"create a realistic image of a mountain sunset with a lake reflection\"")
    }

    private enum Ending {
        case ended
        /// The stream broke off; the message may have been received.
        case cut(why: String)
    }

    private func send(_ prompt: String, to session: String) async throws -> Ending {
        do {
            let reply = try await client.sendMessage(prompt, session: session) { event in
                switch event {
                case .text(let text): observe(.agent(text))
                case .stillWorking: observe(.stillWorking)
                case .warning(let words): observe(.note("The agent warns: \(words)"))
                case .failed(let failure): observe(.note("The agent reports: \(failure.message)"))
                case .segment, .working, .toolStarted, .toolFinished: break
                }
            }
            if reply.isSilent { observe(.askingState(why: "the agent ended without a word")) }
            return .ended
        } catch let error as RemoteError where error.mayHaveTakenEffect && error.isLost {
            return .cut(why: "the answer to the prompt was cut off")
        }
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
                state: state?.canonical, isExportable: state?.draft?.isExportable ?? false, credits: now)
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
        guard let credits = try? await client.credits() else { return nil }
        return [credits.available, credits.frozen]
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
