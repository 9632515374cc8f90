internal import ReelModel

/// What the agent has laid out so far. The draft follows from it.
struct Composition: Codable, Sendable, Hashable {
    var canvas: Size
    var scenes: [Scene]
    var title: String?
    var music: Music?
    /// Milliseconds that were asked for; `nil` leaves each scene its own length.
    var wished: Int64?

    struct Scene: Codable, Sendable, Hashable {
        var name: String
        /// The upload that it shows; a card where there is none.
        var asset: String?
        /// What a card says.
        var words: String?
        /// Milliseconds, where nothing else is asked for.
        var natural: Int64
        /// Milliseconds that the material lasts; `nil` where it lasts as long as one likes.
        var limit: Int64?
    }

    struct Music: Codable, Sendable, Hashable {
        var name: String
        /// An uploaded piece.
        var asset: String?
        /// 1 is as recorded.
        var volume: Double
    }

    /// Milliseconds of each scene: in proportion to their natural lengths, together what was asked for where the
    /// material lasts so long.
    var durations: [Int64] {
        guard let wished, !scenes.isEmpty else { return scenes.map(\.natural) }
        var result = scenes.map { _ in Int64(0) }
        var open = Array(scenes.indices)
        var left = wished
        // Scenes that cannot last as long as their share keep their length, and the rest is shared anew.
        while true {
            let weight = open.reduce(0) { $0 + scenes[$1].natural }
            let short = open.filter { index in
                scenes[index].limit.map { $0 < left * scenes[index].natural / max(1, weight) } ?? false
            }
            if short.isEmpty {
                var given: Int64 = 0
                for index in open {
                    result[index] = left * scenes[index].natural / max(1, weight)
                    given += result[index]
                }
                if let last = open.last {
                    result[last] += min(left - given, scenes[last].limit.map { $0 - result[last] } ?? .max)
                }
                return result
            }
            for index in short {
                result[index] = scenes[index].limit ?? 0
                left -= result[index]
            }
            open.removeAll(where: short.contains)
            if open.isEmpty { return result }
        }
    }

    /// Milliseconds.
    var duration: Int64 { durations.reduce(0, +) }

    /// The draft in the service's short keys. What a segment holds inside is not published; these keys are invented
    /// here: `s` start, `n` name, `src` upload, `v` volume, `tx` words, or the same in full.
    func draft(keys: SegmentKeys = .short) -> JSON {
        func key(_ short: String, _ long: String) -> String { keys == .short ? short : long }
        let begin = key("s", "start")
        let name = key("n", "name")
        let source = key("src", "source")
        let words = key("tx", "text")
        var metadata: [JSON.Member] = title.map { [.init("title", .string($0))] } ?? []
        metadata += [
            .init("width", JSON(canvas.width)), .init("height", JSON(canvas.height)), .init("fps", 30),
        ]
        var start: Int64 = 0
        var pictures: [JSON] = []
        for (scene, length) in zip(scenes, durations) where length > 0 {
            var segment: [JSON.Member] = [
                .init(begin, JSON(start)), .init("d", JSON(length)), .init(name, .string(scene.name)),
            ]
            if let asset = scene.asset { segment.append(.init(source, .string(asset))) }
            if let text = scene.words { segment.append(.init(words, .string(text))) }
            pictures.append(.object(segment))
            start += length
        }
        var tracks: [JSON] = [["tt": 0, "sg": .array(pictures)]]
        if let music {
            var segment: [JSON.Member] = [
                .init(begin, 0), .init("d", JSON(start)), .init(name, .string(music.name)),
            ]
            if let asset = music.asset { segment.append(.init(source, .string(asset))) }
            segment.append(.init(key("v", "volume"), JSON(music.volume)))
            tracks.append(["tt": 1, "sg": .array([.object(segment)])])
        }
        if let title {
            let segment: [JSON.Member] = [
                .init(begin, 0), .init("d", JSON(min(3000, start))), .init(words, .string(title)),
            ]
            tracks.append(["tt": 7, "sg": .array([.object(segment)])])
        }
        return ["d": JSON(start), "m": .object(metadata), "t": .array(tracks)]
    }
}
