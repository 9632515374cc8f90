internal import Foundation
internal import ReelModel
internal import Synchronization

/// Everything that the backend remembers. Each change is on disk before it is answered; what is used or under way is in
/// memory too, and of the rest only what it takes to find it.
actor Store {
    nonisolated let folder: StateFolder
    nonisolated let choices: Choices
    nonisolated let now: @Sendable () -> Double
    private let record: AcceptanceRecord
    /// The sessions whose agent is at work, whose charge is frozen.
    nonisolated let working = WorkingSessions()
    /// By client id.
    private var accounts: [String: Account] = [:]
    /// Of every session, by its id: who opened it, and what it was charged.
    private var charges: [String: (userID: String, spent: Int)] = [:]
    private var sessions = RecentEntries<Session>(limit: 64)
    /// The session that an upload went into, by the name of its file.
    private var places: [String: String] = [:]
    /// Of every render, by its id: the name of its film.
    private var films: [String: String] = [:]
    /// By id, those that are not finished.
    private var unfinished: [String: RenderJob] = [:]
    private var finished = RecentEntries<RenderJob>(limit: 64)

    init(folder: StateFolder, choices: Choices, now: @escaping @Sendable () -> Double) throws {
        self.folder = folder
        self.choices = choices
        self.now = now
        if FileManager.default.fileExists(atPath: folder.tokens.path(percentEncoded: false)) {
            accounts = try folder.read([String: Account].self, from: folder.tokens)
        }
        var accepted: [Acceptance] = []
        for entry in folder.contents(of: folder.sessions) {
            let file = folder.sessionFile(entry.lastPathComponent)
            guard FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) else { continue }
            let session = try folder.read(Session.self, from: file)
            charges[session.id] = (session.userID, session.spent)
            for asset in session.assets { places[asset.fileName] = session.id }
            accepted += session.accepted
        }
        for file in folder.contents(of: folder.renders) where file.pathExtension == "json" {
            let job = try folder.read(RenderJob.self, from: file)
            films[job.id] = job.film
            if !job.isFinished { unfinished[job.id] = job }
            accepted.append(job.acceptance)
        }
        record = AcceptanceRecord(file: folder.record)
        try record.complete(with: accepted.sorted { $0.at < $1.at })
    }

    var time: Double { now() }

    // MARK: Accounts

    /// The client's token; a new one where there is none or it has expired.
    func account(ofClient clientID: String) throws -> Account {
        let known = accounts[clientID]
        if let known, known.expires > now() {
            guard choices.repeatedToken == .same else {
                throw Refusal.rateLimited("this client has a token; one in \(Int(choices.tokenLifetime)) seconds")
            }
            return known
        }
        let limit = choices.tokensPerAddress
        guard limit == 0 || accounts.values.count(where: { $0.expires > now() }) < limit else {
            throw Refusal.rateLimited("this address has \(limit) tokens")
        }
        let isSame = choices.renewedUser == .same
        let account = Account(
            token: "nmv_usr_" + Self.randomHex(20), clientID: clientID,
            userID: (isSame ? known?.userID : nil) ?? "anon_" + Self.randomHex(8),
            expires: now() + choices.tokenLifetime, granted: (isSame ? known?.granted : nil) ?? choices.freeCredits)
        try keep(account)
        return account
    }

    /// The token is good for nothing from now on.
    func expire(_ account: Account) throws {
        var account = account
        account.expires = now()
        try keep(account)
    }

    private func keep(_ account: Account) throws {
        var changed = accounts
        changed[account.clientID] = account
        try folder.write(changed, to: folder.tokens)
        accounts = changed
    }

    /// Whose token it is, while it is valid.
    func account(bearing token: String) -> Account? {
        accounts.values.first { $0.token == token && $0.expires > now() }
    }

    /// What can be spent, and what running work has reserved.
    func credits(of account: Account) -> (available: Int, frozen: Int) {
        let own = charges.filter { $0.value.userID == account.userID }
        let available = account.granted - own.values.reduce(0) { $0 + $1.spent }
        return (available, own.keys.count { working.contains($0) } * choices.creditsPerMessage)
    }

    // MARK: Sessions

    func createSession(for account: Account, taskName: String, language: String?) throws -> Session {
        let session = Session(
            id: String(Int64.random(in: 5_000_000_000_000_000_000..<9_000_000_000_000_000_000)),
            taskID: "task_" + Self.randomHex(8), userID: account.userID, taskName: taskName, language: language,
            created: now())
        try folder.make(folder.assets(session.id))
        try save(session)
        return session
    }

    func session(_ id: String, of account: Account) -> Session? {
        guard let session = session(id), session.userID == account.userID, session.isGone != true else { return nil }
        let lifetime = choices.sessionLifetime
        return lifetime > 0 && (session.created ?? 0) + lifetime <= now() ? nil : session
    }

    /// Only what is known by its id is looked for: an id is anybody's word.
    private func session(_ id: String) -> Session? {
        guard charges[id] != nil else { return nil }
        return try? sessions.entry(id) { try folder.read(Session.self, from: folder.sessionFile(id)) }
    }

    /// The session is gone from now on. What it was charged stays charged.
    func forget(_ id: String, of account: Account) throws {
        guard var session = session(id, of: account) else { return }
        session.isGone = true
        try save(session)
    }

    /// A token for the page where a project is taken over by a registered user; the same one while it is good.
    func claim(_ id: String, task: String, of account: Account) throws -> (token: String, expires: Double) {
        guard var session = session(id, of: account), session.taskID == task else { throw Refusal.unknownSession(id) }
        if let claim = session.claim, claim.expires > now() { return (claim.token, claim.expires) }
        let claim = Session.Claim(token: "clm_" + Self.randomHex(16), expires: now() + 7 * 86_400)
        session.claim = claim
        try save(session)
        return (claim.token, claim.expires)
    }

    /// Takes files over into a session, all of them or none.
    func add(_ arrivals: [(asset: Asset, file: URL)], to id: String, of account: Account) throws -> Session {
        guard var session = session(id, of: account) else { throw Refusal.unknownSession(id) }
        for (asset, file) in arrivals {
            try FileManager.default.moveItem(at: file, to: folder.asset(asset, in: id))
        }
        session.assets += arrivals.map(\.asset)
        let acceptance = acceptance(.upload, id, arrivals.map(\.asset.name).joined(separator: ", "))
        session.accepted.append(acceptance)
        try save(session)
        try record.append(acceptance)
        return session
    }

    /// Accepts a message: the agent's work and its charge are on disk when this returns, so that what is streamed
    /// afterwards, or cut, changes nothing.
    func accept(message: String, in id: String, of account: Account) throws -> (session: Session, turn: AgentTurn) {
        guard var session = session(id, of: account) else { throw Refusal.unknownSession(id) }
        guard credits(of: account).available >= choices.creditsPerMessage else {
            throw Refusal.outOfCredits(userID: account.userID)
        }
        let isBusy = working.contains(id)
        switch choices.busySession {
        case .refuse where isBusy: throw Refusal.busySession
        case .rateLimit where isBusy: throw Refusal.rateLimited("the session is still working on a message")
        case .refuse, .rateLimit, .run, .stale: working.begin(id, showing: session.composition)
        }
        do {
            var turn = AgentTurn(message, in: session, choices)
            if isBusy, choices.busySession == .stale { turn.steps = AgentTurn.stale }
            session.composition = turn.composition
            session.pending = turn.pending
            session.spent += choices.creditsPerMessage
            let acceptance = acceptance(.message, id, message)
            session.accepted.append(acceptance)
            try save(session)
            try record.append(acceptance)
            return (session, turn)
        } catch {
            working.end(id)
            throw error
        }
    }

    /// A message whose reader left is undone: the timeline stays as it was shown last.
    func undo(in id: String, to shown: Composition?) throws {
        guard var session = session(id) else { return }
        session.composition = shown
        try save(session)
    }

    private func save(_ session: Session) throws {
        try folder.write(session, to: folder.sessionFile(session.id))
        charges[session.id] = (session.userID, session.spent)
        for asset in session.assets { places[asset.fileName] = session.id }
        sessions.keep(session, session.id)
    }

    // MARK: Renders

    func submit(
        render id: String, storyboard: Storyboard, assets: [Asset], session: String, of account: Account,
        isToFail: Bool = false
    ) throws -> RenderJob {
        guard films[id] == nil else { throw Refusal.duplicateRender(id) }
        var job = RenderJob(
            id: id, userID: account.userID, session: session, storyboard: storyboard, assets: assets,
            film: Self.randomHex(20), acceptance: acceptance(.render, session, id))
        job.isToFail = isToFail ? true : nil
        try update(job)
        try record.append(job.acceptance)
        return job
    }

    func render(_ id: String, of account: Account) -> RenderJob? {
        render(id).flatMap { $0.userID == account.userID ? $0 : nil }
    }

    func render(_ id: String) -> RenderJob? {
        guard films[id] != nil else { return nil }
        return unfinished[id]
            ?? (try? finished.entry(id) { try folder.read(RenderJob.self, from: folder.renderFile(id)) })
    }

    /// Cancels a render that has not been begun.
    func cancel(_ id: String, of account: Account) throws -> RenderJob {
        guard var job = render(id, of: account) else { throw Refusal.unknownRender(id) }
        guard job.status == .pending else { throw Refusal.unfinishedRender(job) }
        job.status = .failed
        job.error = "cancelled"
        job.ended = now()
        try update(job)
        return job
    }

    /// The render whose film bears this name.
    func render(film: String) -> RenderJob? { films.first { $0.value == film }.flatMap { render($0.key) } }

    /// What a kill left undone, the oldest first.
    var unfinishedRenders: [RenderJob] {
        unfinished.values.sorted { $0.acceptance.at < $1.acceptance.at }
    }

    func update(_ job: RenderJob) throws {
        try folder.write(job, to: folder.renderFile(job.id))
        films[job.id] = job.film
        if job.isFinished {
            unfinished[job.id] = nil
            finished.keep(job, job.id)
        } else {
            unfinished[job.id] = job
        }
    }

    /// The uploaded file of that name (`<asset id>.<type>`).
    func upload(fileName: String) -> URL? {
        guard let id = places[fileName], let session = session(id),
            let asset = session.assets.first(where: { $0.fileName == fileName })
        else { return nil }
        return folder.asset(asset, in: id)
    }

    private func acceptance(_ kind: Acceptance.Kind, _ session: String, _ what: String) -> Acceptance {
        Acceptance(id: Self.randomHex(8), kind: kind, session: session, at: now(), what: what)
    }

    /// From the system's own source of randomness.
    static func randomHex(_ bytes: Int) -> String {
        (0..<bytes).map { _ in
            let hex = String(UInt8.random(in: 0...255), radix: 16)
            return hex.count == 1 ? "0" + hex : hex
        }.joined()
    }
}
