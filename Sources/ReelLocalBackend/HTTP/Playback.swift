internal import FlyingSocks
internal import Foundation
internal import ReelModel
internal import ReelWorker
internal import Synchronization

/// The bytes of an answer's body as they are to be sent: paced, dripped, cut.
struct Playback: AsyncBufferedSequence, Sendable {
    typealias Element = UInt8

    /// How it came to its end.
    struct End: Sendable, Hashable {
        enum Way: String, Sendable { case whole, cut, withheld, left }

        /// Bytes of the body.
        var sent: Int
        var how: Way
    }

    /// The connection is to be closed here.
    struct Cut: Error {}

    let answer: Answer
    let pace: Double
    let timeScale: Double
    let ending: Ending

    func makeAsyncIterator() -> Iterator { Iterator(self) }

    private func reach(_ end: End) {
        answer.ending?.reach(end)
        ending.reach(end)
    }

    struct Iterator: AsyncBufferedIteratorProtocol {
        private let playback: Playback
        private var file: OpenFile?
        /// Of the lines, or of the bytes.
        private var position = 0
        /// What was read and not sent yet.
        private var pending: ArraySlice<UInt8> = []
        private var sent = 0
        private var hasBegun = false

        init(_ playback: Playback) { self.playback = playback }

        mutating func next() async throws -> UInt8? {
            // The server asks for whole buffers; one that does not gets the end, not half a line.
            nil
        }

        mutating func nextBuffer(suggested count: Int) async throws -> [UInt8]? {
            let manner = playback.answer.manner
            if !hasBegun {
                hasBegun = true
                try await rest(manner.delay)
            }
            if let limit = manner.cutAfter, sent >= limit {
                try await rest(manner.stall)
                throw cut()
            }
            if pending.isEmpty {
                guard let piece = try await piece(count) else {
                    // What was announced and is not there can only end with the connection.
                    if let announced = manner.announcedBytes, announced != sent { throw cut() }
                    playback.reach(End(sent: sent, how: .whole))
                    return nil
                }
                pending = piece[...]
            }
            var size = pending.count
            if let rate = manner.bytesPerSecond {
                size = Swift.min(size, Swift.max(1, Int(rate / 20)))
                try await rest(Double(size) / rate)
            }
            if let limit = manner.cutAfter { size = Swift.min(size, limit - sent) }
            defer { pending = pending.dropFirst(size) }
            sent += size
            playback.ending.note(sent: sent)
            return Array(pending.prefix(size))
        }

        private func cut() -> Cut {
            playback.reach(End(sent: sent, how: .cut))
            return Cut()
        }

        /// The next bytes of the source; `nil` at its end.
        private mutating func piece(_ count: Int) async throws -> [UInt8]? {
            switch playback.answer.body {
            case .bytes(let bytes):
                guard position < bytes.count else { return nil }
                let piece = Array(bytes[position...].prefix(count))
                position += piece.count
                return piece
            case .stream(let lines):
                while position < lines.count {
                    let line = lines[position]
                    if position > 0 || line.pause != nil { try await rest(line.pause ?? playback.pace) }
                    position += 1
                    await line.effect?()
                    // An empty piece would be taken for the end.
                    if !line.text.isEmpty { return Array(line.text.utf8) }
                }
                return nil
            case .file(let url, let range):
                guard position < range.count else { return nil }
                let opened = try file ?? OpenFile.reading(url.path(percentEncoded: false))
                file = opened
                let piece = try FileBytes(opened).read(
                    at: Int64(range.lowerBound + position), count: Swift.min(count, range.count - position))
                position += piece.count
                return piece.isEmpty ? nil : piece
            }
        }

        private func rest(_ seconds: Double) async throws {
            let scaled = seconds * playback.timeScale
            if scaled > 0 { try await Task.sleep(for: .seconds(scaled)) }
        }
    }

    /// Reached once: at the end, or when the last reference to it goes. A second time would end whatever has begun since.
    final class Ending: Sendable {
        private struct State {
            var action: (@Sendable (End) -> Void)?
            var sent = 0
        }

        private let state: Mutex<State>

        init(_ action: @escaping @Sendable (End) -> Void) { state = Mutex(State(action: action)) }

        func note(sent: Int) { state.withLock { $0.sent = sent } }

        func reach(_ end: End) {
            let due = state.withLock { state in
                defer { state.action = nil }
                return state.action
            }
            due?(end)
        }

        deinit { reach(End(sent: state.withLock { $0.sent }, how: .left)) }
    }
}
