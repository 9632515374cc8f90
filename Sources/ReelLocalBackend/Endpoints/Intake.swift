internal import Foundation
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif
internal import ReelModel
internal import ReelWorker

/// The files of one request on their way to the disk; what nobody has taken over is removed at its end.
final class Intake {
    struct Arrival {
        let id: String
        /// As sent.
        let name: String
        let url: URL
        let file: OpenFile
        var bytes: Int64 = 0
    }

    private let folder: URL
    private(set) var arrivals: [Arrival] = []
    private var current: Arrival?

    init(folder: URL) { self.folder = folder }

    func begin(name: String) throws -> Arrival {
        let id = Store.randomHex(16)
        let url = folder.appending(path: id)
        let file = try OpenFile.creating(url.path(percentEncoded: false), permissions: 0o600)
        let arrival = Arrival(id: id, name: name, url: url, file: file)
        current = arrival
        return arrival
    }

    /// The file is whole: its length is the disk's.
    @discardableResult
    func end() -> Arrival? {
        guard var arrival = current else { return nil }
        arrival.bytes = FileBytes(arrival.file).length
        arrivals.append(arrival)
        current = nil
        return arrival
    }

    /// Does what the form's reader found. Fields other than `files` are passed over; a file without a name is refused.
    func take(_ event: MultipartParser.Event) throws {
        switch event {
        case .partBegan(let part):
            guard part.name == "files" else { return }
            guard let name = part.fileName, !name.isEmpty else {
                throw Refusal.unprocessable("files", message: "a file needs a filename")
            }
            _ = try begin(name: name)
        case .bytes(let bytes):
            if let current { try append(bytes, to: current.file) }
        case .partEnded: end()
        }
    }

    private func append(_ bytes: [UInt8], to file: OpenFile) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { write(file.descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else {
                throw Failure(
                    .notDone, subject: file.name, problem: "the upload cannot be written", remedy: "Free some space",
                    cause: String(cString: strerror(errno)))
            }
            rest = rest.dropFirst(written)
        }
    }

    deinit {
        for arrival in arrivals + (current.map { [$0] } ?? []) { try? FileManager.default.removeItem(at: arrival.url) }
    }
}
