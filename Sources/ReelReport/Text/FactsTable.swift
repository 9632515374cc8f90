internal import ReelModel

/// A file's facts, one a line, with the reason where one is not known: what `probe` prints.
struct FactsTable {
    private var rows: [(name: String, value: String)] = []
    private let paint: Paint

    static func lines(_ facts: Facts, _ paint: Paint) -> [String] {
        var table = FactsTable(paint: paint)
        table.whole(facts)
        for video in facts.video.value ?? [] { table.video(video) }
        for audio in facts.audio.value ?? [] { table.audio(audio) }
        for other in facts.others.value ?? [] {
            table.row("stream \(other.index)", other.codec) { "\(other.kind) \($0)" }
        }
        if let image = facts.image { table.image(image) }
        for packets in facts.packets ?? [] { table.packets(packets) }
        if let measured = facts.measured { table.measured(measured) }
        if let failure = facts.inspectionFailure { table.failure(failure) }
        for fault in facts.structureFaults.value ?? [] { table.fault(fault) }
        for entry in facts.metadata.value ?? [] { table.entry(entry) }
        let width = table.rows.map(\.name.count).max() ?? 0
        return table.rows.map { "  " + $0.name + String(repeating: " ", count: width - $0.name.count + 2) + $0.value }
    }

    private init(paint: Paint) { self.paint = paint }

    private mutating func whole(_ facts: Facts) {
        row("type", facts.type) { "\($0.id) (\($0.name))" }
        rows.append(("extension", facts.fileExtension.isEmpty ? "none" : Paint.safe(facts.fileExtension)))
        rows.append(("bytes", Figure.grouped(facts.bytes)))
        rows.append(("depth", facts.depth.rawValue))
        // What only films and sound have is left out of pictures.
        if facts.image == nil {
            row("duration", facts.duration) { Figure.seconds($0) }
            row("bit rate", facts.bitRate) { "\(Figure.grouped($0)) b/s" }
        }
        if facts.fastStart.reason != Facts.notISOBMFF {
            row("index", facts.fastStart) { $0 ? "first" : "last" }
            row("fragmented", facts.fragmented) { $0 ? "yes" : "no" }
            row("edit lists", facts.editLists) { $0.rawValue }
        }
        row("encrypted", facts.encrypted) { $0 ? "yes" : "no" }
        row("missing bytes", facts.missingBytes) { Figure.grouped($0) }
        if facts.video.value == nil, facts.image == nil { row("video", facts.video) { _ in "" } }
        if facts.audio.value == nil, facts.image == nil { row("audio", facts.audio) { _ in "" } }
    }

    private mutating func video(_ video: VideoFacts) {
        head("stream \(video.index)", video.attachedPicture ? "attached picture" : "video")
        row("codec", video.codec) { $0 }
        row("profile", video.profile) { $0 }
        row("level", video.level) { $0 }
        row("size", video.size) { $0.description }
        row("displayed", video.displaySize) { $0.description }
        row("rotation", video.rotation) { "\($0)°" }
        row("pixel aspect", video.sampleAspectRatio) { $0.description }
        row("pixel format", video.pixelFormat) { $0 }
        row("bit depth", video.bitDepth) { "\($0)" }
        row("frame rate", video.frameRate) { "\($0) (\(Figure.decimal($0.doubleValue, places: 3)) fps)" }
        row("variable rate", video.variableFrameRate) { $0 ? "yes" : "no" }
        row("start", video.start) { Figure.seconds($0) }
        row("duration", video.duration) { Figure.seconds($0) }
        row("frames", video.frames) { Figure.grouped(Int64($0)) }
        row("bit rate", video.bitRate) { "\(Figure.grouped($0)) b/s" }
        row("scan", video.scan) { $0 }
        if video.scan.value == "interlaced" { row("first field", video.fieldOrder) { $0 } }
        row("reference frames", video.referenceFrames) { "\($0)" }
        row("reordered frames", video.reorderFrames) { "\($0)" }
        row("primaries", video.color.primaries) { $0 }
        row("transfer", video.color.transfer) { $0 }
        row("matrix", video.color.matrix) { $0 }
        row("range", video.color.range) { $0 }
        row("dynamic range", video.color.dynamicRange) { $0.rawValue }
        if let vision = video.color.dolbyVision {
            rows.append(("Dolby Vision", "profile \(vision.profile), level \(vision.level)"))
        }
        if case .known(let decodable) = video.decodable, !decodable { rows.append(("decoder", "there is none here")) }
    }

    private mutating func audio(_ audio: AudioFacts) {
        head("stream \(audio.index)", "audio")
        row("codec", audio.codec) { $0 }
        row("profile", audio.profile) { $0 }
        row("sample rate", audio.sampleRate) { "\(Figure.grouped(Int64($0))) Hz" }
        row("channels", audio.channels) { FactsLine.channels($0) }
        row("layout", audio.channelLayout) { $0 }
        row("start", audio.start) { Figure.seconds($0) }
        row("duration", audio.duration) { Figure.seconds($0) }
        row("bit rate", audio.bitRate) { "\(Figure.grouped($0)) b/s" }
        if case .known(let decodable) = audio.decodable, !decodable { rows.append(("decoder", "there is none here")) }
    }

    private mutating func image(_ image: ImageFacts) {
        row("size", image.size) { $0.description }
        row("displayed", image.displaySize) { $0.description }
        row("orientation", image.orientation) { "\($0)" }
        row("frames", image.frames) { "\($0)" }
        if image.frames.value.map({ $0 > 1 }) ?? false { row("duration", image.duration) { Figure.seconds($0) } }
        row("alpha", image.alpha) { $0 ? "yes" : "no" }
        row("colour model", image.colorModel) { $0 }
        row("bit depth", image.bitDepth) { "\($0)" }
        row("colour profile", image.colorProfile) { $0 ? "embedded" : "none" }
        if image.coding.value != nil { row("coding", image.coding) { $0 } }
        if let further = image.furtherPictures.value, further > 0 { rows.append(("further pictures", "\(further)")) }
        if image.gainMap.value == true { rows.append(("gain map", "yes")) }
        if image.decodable.value == false { rows.append(("decoder", "there is none here")) }
    }

    private mutating func packets(_ packets: PacketFacts) {
        let span = packets.span.map { ", \(Figure.seconds($0.start)) to \(Figure.seconds($0.end))" } ?? ""
        head(
            "packets \(packets.index)",
            "\(Figure.grouped(Int64(packets.packets))), \(Figure.grouped(packets.bytes)) bytes\(span)")
        row("peak bit rate", packets.peakBitRate) { "\(Figure.grouped($0)) b/s" }
        if packets.keyFrames > 0 {
            row("frame rates", packets.frameRates) {
                [$0.minimum, $0.average, $0.maximum].map { Figure.decimal($0, places: 3) }.joined(separator: " / ")
                    + " fps (least, mean, most)"
            }
            row("key frames", packets.keyFrameIntervals) {
                "\(packets.keyFrames), every "
                    + [$0.shortest, $0.mean, $0.longest].map { Figure.seconds($0) }.joined(separator: " / ")
            }
            row("closed groups", packets.closedGroups) { $0 ? "yes" : "no" }
            row("starts with key", packets.startsWithKeyFrame) { $0 ? "yes" : "no" }
        }
        spans("gap", packets.gaps)
        spans("overlap", packets.overlaps)
        for time in packets.nonMonotonic { rows.append(("time goes back", "at \(Figure.seconds(time))")) }
    }

    private mutating func fault(_ fault: StructureFault) {
        let place = [fault.offset.map { "byte \(Figure.grouped($0))" }, fault.time.map { Figure.seconds($0) }]
        rows.append(
            ("structure", ([Paint.safe(fault.detail)] + place.compactMap { $0 }).joined(separator: ", at ")))
    }

    private mutating func entry(_ entry: MetadataEntry) {
        rows.append((entry.kind.rawValue, "\(Paint.safe(entry.value)) (\(Paint.safe(entry.key)))"))
    }

    private mutating func failure(_ failure: InspectionFailure) {
        rows.append(("not measured", Paint.safe("\(failure.depth.rawValue): \(failure.message)")))
    }

    private mutating func measured(_ measured: Measured) {
        for stream in measured.streams {
            let span = stream.span.map { ", \(Figure.seconds($0.start)) to \(Figure.seconds($0.end))" } ?? ""
            head("decoded \(stream.index)", "\(stream.frames) frames of \(stream.packets) packets\(span)")
        }
        rows.append(("faults", "\(measured.faultCount)"))
        for fault in measured.faults {
            rows.append(
                (
                    "",
                    [fault.time.map { Figure.seconds($0) }, Paint.safe(fault.message)].compactMap { $0 }.joined(
                        separator: "  ")
                ))
        }
        spans("black", measured.black)
        spans("silence", measured.silence)
        let leftOut = Analysis.allCases.filter { measured.leftOut.contains($0) }
        if !leftOut.isEmpty {
            rows.append(("not looked for", leftOut.map(\.rawValue).joined(separator: ", ")))
        }
    }

    private mutating func spans(_ name: String, _ spans: [TimeRange]) {
        for span in spans { rows.append((name, "\(Figure.seconds(span.start)) to \(Figure.seconds(span.end))")) }
    }

    private mutating func head(_ name: String, _ what: String) { rows.append((name, paint(what, .strong))) }

    private mutating func row<Value>(_ name: String, _ value: Known<Value>, _ write: (Value) -> String) {
        switch value {
        case .known(let value): rows.append((name, Paint.safe(write(value))))
        case .unknown(let why): rows.append((name, paint("unknown: \(Paint.safe(why))", .quiet)))
        }
    }
}
