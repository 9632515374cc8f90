internal import CDescriptors

/// Sends lines over a socket, each whole.
package struct LineSender: Sendable {
    let descriptor: CInt

    package init(descriptor: CInt) { self.descriptor = descriptor }

    /// The most descriptors that one line may carry.
    package static let descriptorLimit = Int(REEL_MAX_DESCRIPTORS)

    /// Waits until the other side has room. Returns 0, or the errno of the failure (EPIPE: nobody is there any more).
    package func send(_ line: [UInt8], descriptors: [CInt] = []) -> CInt {
        let bytes = line + [UInt8(ascii: "\n")]
        return reel_send_with_descriptors(descriptor, bytes, bytes.count, descriptors, descriptors.count)
    }
}

/// Takes lines and descriptors off a socket. It does not own the socket.
package struct LineReceiver {
    /// Bytes; neither side can make the other hold many more than this.
    package static let lineLimit = 64 << 20

    package enum Filling: Equatable {
        case some
        /// The other side has closed.
        case ended
        /// A line that is longer than any of ours.
        case tooLong
        case failed(errno: CInt)
    }

    let descriptor: CInt
    /// How many descriptors may wait to be taken; any more are closed.
    let descriptorRoom: Int
    let lineLimit: Int
    private var pending: [UInt8] = []
    private var searched = 0
    /// Descriptors that came with the lines so far, open, the oldest first.
    private var descriptors: [CInt] = []

    package init(descriptor: CInt, descriptorRoom: Int, lineLimit: Int = LineReceiver.lineLimit) {
        self.descriptor = descriptor
        self.lineLimit = lineLimit
        self.descriptorRoom = descriptorRoom
    }

    /// The next line that has already arrived, without its end.
    package mutating func takeLine() -> [UInt8]? {
        guard let end = pending[searched...].firstIndex(of: UInt8(ascii: "\n")) else {
            searched = pending.count
            return nil
        }
        let line = Array(pending[..<end])
        pending.removeSubrange(...end)
        searched = 0
        return line
    }

    /// The descriptors that have arrived; whoever takes them closes them.
    package mutating func takeDescriptors() -> [CInt] {
        defer { descriptors = [] }
        return descriptors
    }

    /// Waits for more bytes, and adds them to what has arrived.
    package mutating func fill() -> Filling {
        guard pending.count < lineLimit else { return .tooLong }
        var chunk = [UInt8](repeating: 0, count: 65536)
        let room = descriptorRoom - descriptors.count
        var received = [CInt](repeating: -1, count: max(room, 1))
        var count = room
        let got = reel_receive_with_descriptors(descriptor, &chunk, chunk.count, &received, &count)
        descriptors += received[..<count]
        if got < 0 { return .failed(errno: CInt(-got)) }
        if got == 0 { return .ended }
        pending += chunk[..<got]
        return .some
    }
}
