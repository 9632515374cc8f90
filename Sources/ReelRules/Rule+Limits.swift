internal import ReelModel

extension Rule {
    /// Holds one measured thing against every limit of a kind; of those that it breaks, the worst is found.
    ///
    /// - Parameters:
    ///   - breaks: whether what was measured is outside a limit.
    ///   - say: the sentence about a breach.
    ///   - json: what was measured, and what would be allowed.
    static func hold<Value: LimitValue, Measured>(
        _ key: LimitKey<Value>, of profile: Profile, _ measured: Known<Measured>, stream: Int? = nil,
        breaks: (Measured, Value) -> Bool, say: (Measured, Value) -> String,
        json: (Measured, Value) -> (measured: JSON, allowed: JSON), fix: Fix? = nil
    ) -> Judgement {
        let limits = profile[all: key]
        if limits.isEmpty { return .notApplicable }
        guard let value = measured.value else { return .notEvaluated(measured.reason ?? Facts.notInHeader) }
        var broken: Limit<Value>?
        for limit in limits where breaks(value, limit.value) {
            if let worst = broken, worst.severity >= limit.severity { continue }
            broken = limit
        }
        guard let worst = broken else { return .passed }
        let told = json(value, worst.value)
        return .found([
            Self.broken(
                worst, of: profile, say(value, worst.value), measured: told.measured, allowed: told.allowed,
                unit: key.kind.unit, stream: stream, fix: fix)
        ])
    }

    /// A figure that may be as large as the limit, and no larger.
    static func holdAtMost<Value: LimitValue & Comparable>(
        _ key: LimitKey<Value>, of profile: Profile, _ measured: Known<Value>, stream: Int? = nil, fix: Fix? = nil,
        say: (Value, Value) -> String
    ) -> Judgement {
        hold(
            key, of: profile, measured, stream: stream, breaks: { $0 > $1 }, say: say,
            json: { ($0.figure.json, ["max": $1.figure.json]) }, fix: fix)
    }

    /// A figure that may be as small as the limit, and no smaller.
    static func holdAtLeast<Value: LimitValue & Comparable>(
        _ key: LimitKey<Value>, of profile: Profile, _ measured: Known<Value>, stream: Int? = nil, fix: Fix? = nil,
        say: (Value, Value) -> String
    ) -> Judgement {
        hold(
            key, of: profile, measured, stream: stream, breaks: { $0 < $1 }, say: say,
            json: { ($0.figure.json, ["min": $1.figure.json]) }, fix: fix)
    }

    /// A word that has to be one of the limit's.
    static func holdAmong(
        _ key: LimitKey<[String]>, of profile: Profile, _ measured: Known<String>, stream: Int? = nil,
        fix: Fix? = nil, say: (String, String) -> String
    ) -> Judgement {
        hold(
            key, of: profile, measured, stream: stream, breaks: { !$1.contains($0) },
            say: { say($0, $1.joined(separator: ", ")) },
            json: { (.string($0), ["anyOf": .array($1.map(JSON.string))]) }, fix: fix)
    }

    /// A word that has to be the limit's.
    static func holdEqual(
        _ key: LimitKey<String>, of profile: Profile, _ measured: Known<String>, stream: Int? = nil,
        fix: Fix? = nil, say: (String, String) -> String
    ) -> Judgement {
        hold(
            key, of: profile, measured, stream: stream, breaks: { $0 != $1 }, say: say,
            json: { (.string($0), ["equal": .string($1)]) }, fix: fix)
    }

    // MARK: What is judged

    /// Judges the film in a file; a still picture is none of its business.
    static func judgeFilm(
        _ subject: Subject, _ judge: (VideoFacts, Profile) -> Judgement
    ) -> Judgement {
        guard let profile = subject.standard.profile, subject.facts.image == nil else { return .notApplicable }
        guard subject.facts.video.value != nil else {
            return .notEvaluated(subject.facts.video.reason ?? Facts.notRead)
        }
        return subject.facts.mainVideo.map { judge($0, profile) } ?? .notApplicable
    }

    /// Judges each sound in a file.
    static func judgeSound(
        _ subject: Subject, _ judge: (AudioFacts, Profile) -> Judgement
    ) -> Judgement {
        guard let profile = subject.standard.profile, subject.facts.image == nil else { return .notApplicable }
        guard let streams = subject.facts.audio.value else {
            return .notEvaluated(subject.facts.audio.reason ?? Facts.notRead)
        }
        return .joined(streams.map { judge($0, profile) })
    }

    /// Judges the displayed size, of a film or of a picture.
    static func judgeSize(
        _ subject: Subject, _ judge: (Known<Size>, Int?, Profile) -> Judgement
    ) -> Judgement {
        guard let profile = subject.standard.profile else { return .notApplicable }
        if let image = subject.facts.image { return judge(image.displaySize, nil, profile) }
        if let why = subject.facts.video.reason { return .notEvaluated(why) }
        guard let video = subject.facts.mainVideo else { return .notApplicable }
        return judge(video.displaySize, video.index, profile)
    }
}
