internal import ReelModel

/// What a message asks for, done to the timeline.
struct Layout: Sendable {
    /// The timeline afterwards.
    var composition: Composition
    /// Whether it differs from the one before.
    var changed: Bool
    /// The tool that does it, as the service's own streams name it.
    var tool: String
    /// What there is to say of it.
    var report: String

    /// Nothing that was uploaded is in it.
    var isFromWordsAlone: Bool { composition.scenes.allSatisfy { $0.asset == nil } }
}

/// The stand-in for the service's agent: no model, a script. The same message on the same timeline gives the same.
enum ScriptedAgent {
    static func answer(_ message: String, assets: [Asset], composition: Composition?) -> Layout {
        let wishes = Wishes(message)
        var result: Composition
        var understood = true
        if var existing = composition {
            let fresh = assets.filter { !existing.uses($0) }
            understood = wishes.edits || !fresh.isEmpty || wishes.generates
            existing.scenes += scenes(for: fresh)
            if let piece = fresh.last(where: { $0.content.kind == .audio }) {
                existing.music = Composition.Music(
                    name: stem(piece.name), asset: piece.id, volume: existing.music?.volume ?? 0.35)
            }
            if wishes.generates, !wishes.edits, existing.scenes.allSatisfy({ $0.asset == nil }) {
                existing.scenes = cards(for: message, wishes)
            }
            result = existing
        } else {
            result = layout(message, wishes, assets)
        }
        apply(wishes, to: &result)
        let changed = result != composition
        let isChinese = Wishes.isChinese(message)
        let report =
            understood
            ? isChinese ? describeInChinese(result, changed: changed) : describe(result, changed: changed)
            : isChinese ? notUnderstoodInChinese : notUnderstood
        return Layout(
            composition: result, changed: changed, tool: composition == nil ? "compose_timeline" : "edit_multitrack",
            report: report)
    }

    private static let notUnderstood =
        "This is the local backend, and its agent is a short script: it can set the length, the shape, the title and "
        + "the music, and add what was uploaded. Nothing in this message was one of these, so nothing was changed."

    // MARK: A first layout

    private static func layout(_ message: String, _ wishes: Wishes, _ assets: [Asset]) -> Composition {
        var pictures = scenes(for: assets)
        if pictures.isEmpty { pictures = cards(for: message, wishes) }
        let piece = assets.last { $0.content.kind == .audio }
        let shown = assets.first { $0.content.kind != .audio && $0.size != nil }?.size
        return Composition(
            canvas: canvas(wishes.shape ?? shown.map(shape) ?? .horizontal, shortSide: wishes.resolution ?? 1080),
            scenes: pictures, title: heading(of: message),
            music: Composition.Music(name: piece.map { stem($0.name) } ?? "Lo-fi", asset: piece?.id, volume: 0.35))
    }

    /// Stills for three or four seconds, clips for as long as they last, at most eight.
    private static func scenes(for assets: [Asset]) -> [Composition.Scene] {
        let stills = assets.count { $0.content.kind == .image }
        return assets.compactMap { asset in
            switch asset.content.kind {
            case .audio: return nil
            case .image:
                return Composition.Scene(name: asset.name, asset: asset.id, natural: stills > 3 ? 3000 : 4000)
            case .video:
                // Down to a tenth of a second, so that a clip is never asked for a frame that it does not have.
                let length = asset.duration.map { max(100, Int64($0 * 10) * 100) }
                return Composition.Scene(
                    name: asset.name, asset: asset.id, natural: min(length ?? 4000, 8000), limit: length)
            }
        }
    }

    /// What stands in for pictures that nobody supplied: each says that it does.
    private static func cards(for message: String, _ wishes: Wishes) -> [Composition.Scene] {
        let count = wishes.count ?? 1
        let subject = heading(of: message, words: 8)
        return (1...count).map { number in
            Composition.Scene(
                name: "card \(number)", words: "\(subject)\nlocal card \(number) of \(count)",
                natural: count == 1 ? 5000 : 3000)
        }
    }

    /// The first words, up to one that only leads on.
    private static func heading(of message: String, words limit: Int = 3) -> String {
        let leading: Set<String> = ["into", "with", "to", "for", "and", "in", "from", "as", "of", "at", "on", "that"]
        let verbs: Set<String> = [
            "generate", "create", "make", "build", "produce", "compose", "please", "a", "an", "the",
        ]
        var chosen: [Substring] = []
        for word in message.split(whereSeparator: \.isWhitespace) {
            let plain = word.lowercased()
            if chosen.isEmpty, verbs.contains(plain) { continue }
            if chosen.count == limit || (limit < 5 && !chosen.isEmpty && leading.contains(plain)) { break }
            chosen.append(word)
            // A clause is a heading; what follows it says how.
            if let last = word.last, limit < 5, ",;:.!?".contains(last) {
                chosen[chosen.count - 1] = word.dropLast()
                break
            }
        }
        let text = String(chosen.joined(separator: " ").prefix(60))
        guard let first = text.first else { return "Untitled" }
        return first.uppercased() + text.dropFirst()
    }

    // MARK: Changes

    private static func apply(_ wishes: Wishes, to composition: inout Composition) {
        if wishes.shape != nil || wishes.resolution != nil {
            composition.canvas = canvas(
                wishes.shape ?? shape(composition.canvas), shortSide: wishes.resolution ?? composition.canvas.shortSide)
        }
        if let duration = wishes.duration { composition.wished = duration }
        switch wishes.title {
        case .remove: composition.title = nil
        case .set(let text): composition.title = text
        case nil: break
        }
        switch wishes.music {
        case .remove: composition.music = nil
        case .set(let name):
            composition.music = Composition.Music(name: name, volume: composition.music?.volume ?? 0.35)
        case nil: break
        }
        if let music = composition.music {
            let stepped = ((music.volume + (wishes.volumeStep ?? 0)) * 100).rounded() / 100
            composition.music?.volume = min(max(wishes.volume ?? stepped, 0), 2)
        }
    }

    private static func shape(_ size: Size) -> Wishes.Shape {
        size.width == size.height ? .square : size.height > size.width ? .vertical : .horizontal
    }

    /// The long side is 16 for 9 of the short one, down to an even number.
    private static func canvas(_ shape: Wishes.Shape, shortSide: Int) -> Size {
        let long = shortSide * 16 / 9 / 2 * 2
        switch shape {
        case .vertical: return Size(width: shortSide, height: long)
        case .horizontal: return Size(width: long, height: shortSide)
        case .square: return Size(width: shortSide, height: shortSide)
        }
    }

    // MARK: Words

    private static func describe(_ composition: Composition, changed: Bool) -> String {
        let opening = "Local backend, no model was asked. "
        guard changed else { return opening + "The timeline was so already; nothing was changed." }
        var parts = [
            "\(composition.scenes.count) scene\(composition.scenes.count == 1 ? "" : "s")", "\(composition.canvas)",
            "\(Double(composition.duration) / 1000) s",
        ]
        if let title = composition.title { parts.append("title \"\(title)\"") }
        if let music = composition.music {
            parts.append("music \(music.name) at \(Int((music.volume * 100).rounded()))%")
        }
        return opening + "The timeline now has " + parts.joined(separator: ", ") + "."
    }

    private static let notUnderstoodInChinese =
        "这是本地后端，它的代理只是一段脚本：可以设置时长、画幅、标题和音乐，并加入上传的素材。这条消息里没有这些内容，所以没有任何改动。"

    private static func describeInChinese(_ composition: Composition, changed: Bool) -> String {
        let opening = "本地后端，没有询问任何模型。"
        guard changed else { return opening + "时间线本来就是这样，没有改动。" }
        var parts = [
            "\(composition.scenes.count) 个场景", "\(composition.canvas)",
            "\(Double(composition.duration) / 1000) 秒",
        ]
        if let title = composition.title { parts.append("标题“\(title)”") }
        if let music = composition.music {
            parts.append("音乐 \(music.name)，音量 \(Int((music.volume * 100).rounded()))%")
        }
        return opening + "时间线现在有：" + parts.joined(separator: "，") + "。"
    }

    private static func stem(_ name: String) -> String {
        name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    }
}

extension Composition {
    fileprivate func uses(_ asset: Asset) -> Bool {
        music?.asset == asset.id || scenes.contains { $0.asset == asset.id }
    }
}
