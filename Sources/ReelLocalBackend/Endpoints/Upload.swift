internal import FlyingFox
internal import Foundation
internal import Logging
internal import ReelModel
internal import ReelWorker

extension Service {
    /// `POST /api/upload-video/nemo_agent/me/<session>`: files in a form, or addresses in JSON. All of a request's
    /// files are taken, or none.
    func upload(
        to id: String, _ call: Call, _ account: Account, _ strikes: [FaultPlan.Strike]
    ) async throws -> Answer {
        _ = try await session(id, of: account, strikes)
        let type = call.request.headers[.contentType] ?? ""
        let intake = Intake(folder: store.folder.incoming)
        let arrivals: [Intake.Arrival]
        if let boundary = Self.boundary(of: type) {
            arrivals = try await receive(call.body, boundary: boundary, into: intake)
        } else if type.lowercased().hasPrefix("application/json") {
            arrivals = try await fetch(call.body, into: intake)
        } else {
            throw Refusal.unprocessable(message: "an upload is a form (multipart/form-data) or JSON with urls")
        }
        call.exchange.uploaded(arrivals)
        var taken: [(asset: Asset, file: URL)] = []
        for arrival in arrivals { taken.append((try await examine(arrival), arrival.url)) }
        let session = try await store.add(taken, to: id, of: account)
        logger.debug("upload", metadata: ["session": "\(session.id)", "files": "\(taken.count)"])
        return uploaded(taken.map(\.asset))
    }

    private func uploaded(_ assets: [Asset]) -> Answer {
        let files = assets.map(description)
        return switch choices.uploadAnswer {
        case .files: wording.success(["files": .array(files), "session_state_applied": true])
        case .top: .json(["code": 0, "files": .array(files), "session_state_applied": true])
        case .list: .json(["code": 0, "data": .array(files)])
        case .single: wording.success(files.last ?? [:])
        }
    }

    /// The boundary of a form's content type (RFC 2046, 5.1.1).
    static func boundary(of type: String) -> String? {
        guard type.lowercased().hasPrefix("multipart/form-data") else { return nil }
        for parameter in type.split(separator: ";").dropFirst() {
            let pair = parameter.drop { $0 == " " || $0 == "\t" }.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[0].lowercased() == "boundary" else { continue }
            let value = pair[1].hasPrefix("\"") ? pair[1].dropFirst().prefix { $0 != "\"" } : pair[1]
            return value.isEmpty || value.utf8.count > 70 ? nil : String(value)
        }
        return nil
    }

    /// Writes the form's files out as they come. The limit is the whole request's.
    private func receive(_ body: BodyReader, boundary: String, into intake: Intake) async throws -> [Intake.Arrival] {
        let limit = choices.maxUploadBytes
        if let announced = body.announcedBytes, announced > limit { throw Refusal.tooLarge(limit) }
        var parser = MultipartParser(boundary: boundary)
        while let piece = try await body.next() {
            guard body.received <= limit else { throw Refusal.tooLarge(limit) }
            do {
                for event in try parser.consume(piece) { try intake.take(event) }
            } catch let problem as MultipartParser.Problem {
                throw Refusal.unprocessable("files", message: "the form is malformed: \(problem.reason)")
            }
        }
        guard parser.isComplete else {
            throw Refusal.unprocessable("files", message: "the form is malformed: its last boundary is missing")
        }
        guard !intake.arrivals.isEmpty else {
            throw Refusal.unprocessable([Refusal.field("missing", ["files"], "Field required", input: nil)])
        }
        return intake.arrivals
    }

    /// What the upload's answer tells, once the gate has let the file in.
    private func examine(_ arrival: Intake.Arrival) async throws -> Asset {
        let path = arrival.url.path(percentEncoded: false)
        // Opened anew, because the name decides what the readers expect, and the incoming file has none.
        let file = OpenFile(adopting: try OpenFile.reading(path).duplicated(), name: arrival.name)
        let content: Content
        do {
            content = try UploadGate.judge(name: arrival.name) { offset, count in
                try FileBytes(file).read(at: offset, count: count)
            }
        } catch let refused as UploadGate.Refused {
            throw Refusal.unsupported(arrival.name, refused.reason)
        }
        let measured = await Measurement(of: file, media: media)
        return Asset(
            id: arrival.id, name: arrival.name, content: content, bytes: arrival.bytes,
            duration: content.kind == .image ? nil : measured.duration,
            size: content.kind == .audio ? nil : measured.size,
            frameRate: content.kind == .video ? measured.frameRate : nil)
    }
}
