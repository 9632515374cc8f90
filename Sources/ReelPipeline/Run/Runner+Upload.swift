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
    }

    var report: FileReport
    var sent: Sent?
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
            // One that was opened and not answered for holds nothing and costs nothing.
            id = try await client.createSession(language: work.order.language).id
        }
        try journal.finish(.session, of: work.run, ["id": .string(id)])
        try journal.noteSession(id, backend: work.order.backend)
        return id
    }

    /// Sends one input, unless it is there already.
    func upload(_ input: PreparedInput, _ index: Int, to session: String, _ work: Work) async throws {
        guard let sent = input.sent else { return }
        let record = try journal.record(of: .upload(index), in: work.run)
        if record?.isAnswered == true { return }
        if let record, try await hasArrived(sent.name, before: record.intent["seen"]?.integer ?? 0, in: session) {
            try journal.finish(.upload(index), of: work.run, ["adopted": true])
            return
        }
        // How often the state speaks of that name already: an earlier upload of the same name is not this one.
        let seen = try await mentions(of: sent.name, in: session)
        try journal.begin(
            .upload(index), of: work.run,
            [
                "name": .string(sent.name), "type": .string(sent.type.id), "bytes": JSON(sent.bytes),
                "seen": JSON(seen),
            ])
        let observe = observe
        observe(.uploading(name: sent.name, fraction: 0))
        let file = try OpenFile.reading(sent.path)
        let part = UploadFile(name: sent.name, type: sent.type, descriptor: file.descriptor, length: sent.bytes)
        defer { withExtendedLifetime(file) {} }
        let answer = try await client.upload([part], session: session) {
            observe(.uploading(name: sent.name, fraction: $0))
        }
        try journal.finish(.upload(index), of: work.run, .array(answer.map(\.json)))
    }

    private func hasArrived(_ name: String, before: Int64, in session: String) async throws -> Bool {
        try await mentions(of: name, in: session) > before
    }

    /// How many of the session's media are called that. The items' shape is unpublished: an item counts where any of
    /// its strings is the name.
    private func mentions(of name: String, in session: String) async throws -> Int {
        let state = try await client.state(session: session)
        return (state.videoInfos.elements ?? state.videoInfos.members?.map(\.value) ?? [])
            .count { $0.holds(string: name) }
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
