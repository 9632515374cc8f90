internal import FlyingSocks
internal import Synchronization

/// Lines of a stream, one at a time with a pause between them; `ended` is called once, when the last was taken or the
/// reader has gone.
struct PacedLines: AsyncBufferedSequence {
    typealias Element = UInt8

    let lines: [String]
    /// Seconds.
    let pace: Double
    let ending: Ending

    func makeAsyncIterator() -> Iterator { Iterator(lines: lines, pace: pace, ending: ending) }

    struct Iterator: AsyncBufferedIteratorProtocol {
        let lines: [String]
        let pace: Double
        let ending: Ending
        private var position = 0

        init(lines: [String], pace: Double, ending: Ending) {
            self.lines = lines
            self.pace = pace
            self.ending = ending
        }

        mutating func next() async throws -> UInt8? {
            // The server asks for whole buffers; one that does not gets the end, not half a line.
            nil
        }

        mutating func nextBuffer(suggested count: Int) async throws -> [UInt8]? {
            guard position < lines.count else {
                ending.reach()
                return nil
            }
            if position > 0, pace > 0 { try await Task.sleep(for: .seconds(pace)) }
            defer { position += 1 }
            return Array(lines[position].utf8)
        }
    }

    /// Reached once: at the end, or when the last reference to it goes. A second time would end whatever has begun since.
    final class Ending: Sendable {
        private let action: Mutex<(@Sendable () -> Void)?>

        init(_ action: @escaping @Sendable () -> Void) { self.action = Mutex(action) }

        func reach() {
            let due = action.withLock { action in
                defer { action = nil }
                return action
            }
            due?()
        }

        deinit { reach() }
    }
}
