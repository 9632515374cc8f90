internal import Foundation
internal import ReelModel
internal import ReelRemote
internal import ReelWorker

/// An input on its way.
struct PreparedInput: Sendable {
    /// What is sent, once it is known to pass.
    struct Sent: Sendable, Hashable {
        var path: String
        /// The base name it is sent under.
        var name: String
        var type: FileType
        var bytes: Int64

        /// Whether the backend is to fetch it.
        var isAddress: Bool { PreparedInput.isAddress(path) }
    }

    var report: FileReport
    var sent: Sent?

    static func isAddress(_ path: String) -> Bool { path.contains("://") }

    /// The last part of a path or an address.
    static func name(of path: String) -> String {
        guard isAddress(path) else { return (path as NSString).lastPathComponent }
        return URL(string: path)?.lastPathComponent ?? path
    }
}

extension Runner {
    /// The session that the run works in: the one that was ordered, the one that an earlier process opened, or a new one.
    func session(of work: Work) async throws -> String {
        if let answered = try journal.record(of: .session, in: work.run)?.answer["id"]?.identifier { return answered }
        try journal.begin(.session, of: work.run)
        let id: String
        if let given = work.order.session {
            id = given
        } else {
            id = try await newSession(work)
        }
        try journal.finish(.session, of: work.run, ["id": .string(id)])
        try journal.noteSession(id, backend: work.order.backend)
        return id
    }

    /// One that was opened and not answered for holds nothing and costs nothing: where the answer is lost, another is
    /// opened, once.
    private func newSession(_ work: Work) async throws -> String {
        do {
            return try await client.createSession(language: work.order.language).id
        } catch let error as RemoteError where error.mayHaveTakenEffect {
            return try await client.createSession(language: work.order.language).id
        }
    }

    /// Sends one input, unless it is there already.
    func upload(_ input: PreparedInput, _ index: Int, to session: String, _ work: Work) async throws {
        guard let sent = input.sent else { return }
        let record = try journal.record(of: .upload(index), in: work.run)
        if record?.isAnswered == true { return }
        if let record, try await hasArrived(sent, since: record.intent["seen"]?.integer ?? 0, in: session, work) {
            return try journal.finish(.upload(index), of: work.run, ["adopted": true])
        }
        // How often the state speaks of that name already: an earlier upload of the same name is not this one.
        let seen = try await mentions(of: sent, in: session)
        try journal.begin(
            .upload(index), of: work.run,
            [
                "name": .string(sent.name), "type": .string(sent.type.id), "bytes": JSON(sent.bytes),
                "seen": JSON(seen),
            ])
        do {
            try journal.finish(.upload(index), of: work.run, .array(try await send(sent, to: session).map(\.json)))
        } catch let error as RemoteError where error.mayHaveTakenEffect {
            observe(.askingState(why: "the answer to the upload of \(sent.name) is lost"))
            guard try await hasArrived(sent, since: Int64(seen), in: session, work) else {
                observe(.note("\(sent.name) never arrived; sending it once more"))
                let answer = try await send(sent, to: session)
                return try journal.finish(.upload(index), of: work.run, .array(answer.map(\.json)))
            }
            try journal.finish(.upload(index), of: work.run, ["adopted": true])
        }
    }

    private func send(_ sent: PreparedInput.Sent, to session: String) async throws -> [UploadedFile] {
        let observe = observe
        observe(.uploading(name: sent.name, fraction: 0))
        guard !sent.isAddress else {
            let answer = try await client.upload(address: sent.path, session: session)
            observe(.uploading(name: sent.name, fraction: 1))
            return answer
        }
        let file = try OpenFile.reading(sent.path)
        let part = UploadFile(name: sent.name, type: sent.type, descriptor: file.descriptor, length: sent.bytes)
        defer { withExtendedLifetime(file) {} }
        return try await client.upload([part], session: session) {
            observe(.uploading(name: sent.name, fraction: $0))
        }
    }

    /// Whether the session knows it. The backend may still be looking at a file that is all there, so one look that
    /// finds nothing is not enough. However often progress is asked for, a busy backend needs its seconds.
    private func hasArrived(
        _ sent: PreparedInput.Sent, since seen: Int64, in session: String, _ work: Work
    ) async throws -> Bool {
        for look in 0..<3 {
            if look > 0 { try await pause(max(work.order.pollInterval / 2, 2)) }
            if try await mentions(of: sent, in: session) > seen { return true }
        }
        return false
    }

    /// How many of the session's media are called that. The items' shape is unpublished: an item counts where any of
    /// its strings is the name, or the address that it was fetched from.
    private func mentions(of sent: PreparedInput.Sent, in session: String) async throws -> Int {
        let state = try await client.state(session: session)
        return (state.videoInfos.elements ?? state.videoInfos.members?.map(\.value) ?? [])
            .count { $0.holds(string: sent.name) || $0.holds(string: sent.path) }
    }
}

extension JSON {
    /// Whether this text stands anywhere in the document as a whole string.
    fileprivate func holds(string: String) -> Bool {
        switch self {
        case .string(let text): text == string
        case .array(let elements): elements.contains { $0.holds(string: string) }
        case .object(let members): members.contains { $0.value.holds(string: string) }
        case .null, .bool, .number: false
        }
    }
}
