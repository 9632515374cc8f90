internal import ReelModel

/// Decides how the picture is coded, and from what that came to, whether once more: at most three times. A machine
/// without I/O.
struct EncodeLadder: Sendable {
    /// One coding of the whole picture.
    struct Attempt: Sendable, Hashable {
        enum Mode: Sendable, Hashable {
            /// At a constant quality, as large as it becomes.
            case quality(cap: RateCap?)
            /// At an average rate in bits per second, from the statistics of an earlier attempt.
            case rate(Int64, cap: RateCap?)
        }

        enum Statistics: Sendable, Hashable {
            case none, write, read
        }

        var mode: Mode
        var statistics: Statistics
        var preset: String
        /// A survey only gathers statistics.
        var isSurvey = false
    }

    enum Decision: Sendable, Hashable {
        case encode(Attempt)
        /// The last attempt's file is good.
        case accept(saturated: Bool)
        case giveUp
    }

    /// x264's constant rate factor at which a film can hardly be told from its source.
    static let ceiling = 18
    static let mostAttempts = 3

    /// Bits per pixel and frame from which one attempt with a capped rate does as well as two, on any content.
    private static let ample = 0.3
    /// Seconds.
    private static let short = 4.0
    /// Of the picture's share: where the second attempt aims, and the third.
    private static let aims = (second: 0.975, third: 0.965)
    /// A survey is coded a little worse than the real thing; if it comes to less than this of the share, there is room.
    private static let roomy = 0.9

    private let budget: ByteBudget?
    private let seconds: Double
    private let bitsPerPixel: Double
    private var attempts: [(attempt: Attempt, pictureBytes: Int64)] = []

    init(budget: ByteBudget?, seconds: Double, frames: Int, size: Size) {
        self.budget = budget
        self.seconds = max(seconds, 0.001)
        let samples = Double(max(frames, 1)) * Double(size.width) * Double(size.height)
        bitsPerPixel = budget.map { Double($0.picture) * 8 / samples } ?? .infinity
    }

    /// How often the picture was coded so far.
    var count: Int { attempts.count }

    /// Notes what an attempt came to: the picture's own bytes, without its container.
    mutating func note(_ attempt: Attempt, pictureBytes: Int64) { attempts.append((attempt, pictureBytes)) }

    /// - Parameter fileBytes: of the last attempt's file; `nil` before the first and after a survey.
    func next(fileBytes: Int64?) -> Decision {
        guard let budget else {
            return attempts.isEmpty
                ? .encode(Attempt(mode: .quality(cap: nil), statistics: .none, preset: "faster"))
                : .accept(saturated: true)
        }
        guard budget.picture > 0 else { return .giveUp }
        guard let last = attempts.last else { return .encode(first(budget)) }
        if let fileBytes, fileBytes <= budget.limit {
            return .accept(saturated: isSaturated(last.attempt, last.pictureBytes))
        }
        guard attempts.count < Self.mostAttempts else { return .giveUp }
        return .encode(following(last.attempt, last.pictureBytes, budget))
    }

    private func first(_ budget: ByteBudget) -> Attempt {
        if bitsPerPixel >= Self.ample {
            // A short film is over before a buffer has evened anything out; it costs little to code it again.
            let cap = seconds < Self.short ? nil : budget.cap(seconds: seconds)
            return Attempt(mode: .quality(cap: cap), statistics: .write, preset: preset)
        }
        return Attempt(mode: .quality(cap: nil), statistics: .write, preset: preset, isSurvey: true)
    }

    private func following(_ last: Attempt, _ bytes: Int64, _ budget: ByteBudget) -> Attempt {
        if last.isSurvey, Double(bytes) <= Double(budget.picture) * Self.roomy {
            return Attempt(mode: .quality(cap: nil), statistics: .none, preset: preset)
        }
        let isLast = attempts.count == Self.mostAttempts - 1
        let most = min(Double(budget.picture) * 8 / seconds, RateCap.most)
        var rate = most * (isLast ? Self.aims.third : Self.aims.second)
        if case .rate(let earlier, _) = last.mode, bytes > 0 {
            rate = min(rate, Double(earlier) * rate * seconds / 8 / Double(bytes))
        }
        guard isLast else { return Attempt(mode: .rate(Int64(rate), cap: nil), statistics: .read, preset: preset) }
        // Whatever it shows, it cannot come to more than its share.
        let cap = budget.cap(seconds: seconds)
        return Attempt(
            mode: .rate(Int64(min(rate, Double(cap.bitsPerSecond))), cap: cap), statistics: .read, preset: preset)
    }

    /// At constant quality, what stays clearly below the cap was not held down by it.
    private func isSaturated(_ attempt: Attempt, _ pictureBytes: Int64) -> Bool {
        switch attempt.mode {
        case .quality(nil): true
        case .quality(let cap?): Double(pictureBytes) < Double(cap.bitsPerSecond) * seconds / 8 * 0.9
        case .rate: false
        }
    }

    /// The more bits there are, the less the encoder's effort is worth: measured on noise at 0.8 bits per pixel,
    /// `ultrafast` and `superfast` come to the same PSNR, and `ultrafast` to it in a third of the time.
    private var preset: String {
        switch bitsPerPixel {
        case 0.5...: "ultrafast"
        case 0.3...: "superfast"
        case 0.15...: "veryfast"
        case 0.08...: "faster"
        default: "medium"
        }
    }
}
