internal import ReelModel

extension Service {
    /// What a submission is answered.
    func submitted(_ job: RenderJob) -> Answer {
        guard choices.renderDialect == .a else { return status(of: job) }
        return switch choices.submitAnswer {
        case .status: status(of: job)
        case .envelope: wording.success(flatStatus(of: job))
        case .bare: .json(["code": 0, "message": "local backend"])
        }
    }

    /// Where a render stands. Dialect A: everything at the top, the film under `output`. Dialect B: in an envelope, the
    /// film's address beside the rest.
    func status(of job: RenderJob) -> Answer {
        switch choices.renderDialect {
        case .a: .json(flatStatus(of: job))
        case .b: .json(["success": true, "data": wrappedStatus(of: job)])
        }
    }

    private func flatStatus(of job: RenderJob) -> JSON {
        var members: [JSON.Member] = [
            .init("taskId", .string(job.id)), .init("status", word(job)), .init("progress", progress(job)),
        ]
        if job.status == .completed {
            members.append(
                .init(
                    "output",
                    [
                        "url": .string(address(of: job)), "duration": JSON(Double(job.storyboard.duration) / 1000),
                        "size": wording.number(job.bytes ?? 0),
                    ]))
        }
        if let error = job.error { members.append(.init("error", .string("local backend: " + error))) }
        return .object(members)
    }

    private func wrappedStatus(of job: RenderJob) -> JSON {
        var members: [JSON.Member] = [
            .init("id", .string(job.id)), .init("status", word(job)), .init("progress", progress(job)),
        ]
        if job.status == .completed { members.append(.init("outputUrl", .string(address(of: job)))) }
        if let error = job.error { members.append(.init("error", .string("local backend: " + error))) }
        members.append(.init("createdAt", JSON(Int64(job.acceptance.at * 1000))))
        if let ended = job.ended { members.append(.init("completedAt", JSON(Int64(ended * 1000)))) }
        return .object(members)
    }

    /// Where the film is to be read. A new one each time, where addresses expire.
    func address(of job: RenderJob) -> String {
        var address = "/files/renders/\(job.film).mp4"
        if choices.linkLifetime > 0 {
            address += "?expires=\(Int64(store.now() + choices.linkLifetime))"
        }
        return choices.address == .relative ? address : origin.url + address
    }

    private func progress(_ job: RenderJob) -> JSON {
        wording.number(job.status == .completed ? 100 : queue.progress.of(job.id))
    }

    private func word(_ job: RenderJob) -> JSON {
        switch choices.renderWords {
        case .published: return .string(job.status.rawValue)
        case .upper: return .string(job.status.rawValue.uppercased())
        case .synonyms:
            return switch job.status {
            case .pending: "queued"
            case .processing: "running"
            case .completed: "succeeded"
            case .failed: "error"
            }
        }
    }
}
