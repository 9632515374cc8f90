internal import ReelModel

/// Reads WAVE files (Multimedia Programming Interface and Data Specifications 1.0), big-endian RIFX, and their 64-bit
/// forms (EBU Tech 3306; ITU-R BS.2088).
enum WAVReader {
    static func read(_ pager: inout Pager, into facts: inout Facts) throws {
        facts.others = .known([])
        facts.encrypted = .known(false)
        var file = WAVFile()
        try file.read(&pager)
        facts.add(file.metadata)
        facts.video = .known(AttachedPictures.streams(file.pictures, from: 1))
        facts.structureFaults = .known(Array(file.faults.prefix(StructureFault.limit)))
        facts.missingBytes = file.missingBytes(in: pager.length)
        guard let format = file.format else {
            facts.audio = .unknown("it has no format chunk")
            facts.duration = .unknown("it has no format chunk")
            return
        }
        var audio = AudioFacts(
            index: 0, codec: Known(format.codec, else: "format tag \(format.tag) is not known here"))
        audio.channels = format.channels > 0 ? .known(format.channels) : .unknown("it states none")
        audio.channelLayout = format.channelLayout
        audio.sampleRate = format.sampleRate > 0 ? .known(format.sampleRate) : .unknown("it states none")
        audio.start = .known(0)
        if let configuration = format.audioSpecificConfig { audio.profile = configuration.profile }
        if format.byteRateInUse > 0 { audio.bitRate = .known(format.byteRateInUse.saturatingMultiply(8)) }
        audio.duration = file.duration(in: pager.length)
        facts.audio = .known([audio])
        facts.duration = audio.duration
        facts.setBitRate()
    }
}

extension WaveFormat {
    /// Linear samples have the rate that follows from their size, whatever is written.
    fileprivate var byteRateInUse: Int64 {
        isLinear ? Int64(sampleRate).saturatingMultiply(Int64(blockSize)) : Int64(byteRate)
    }
}

/// What the chunks of a WAVE file say.
private struct WAVFile {
    private(set) var format: WaveFormat?
    private(set) var metadata: [MetadataEntry] = []
    private(set) var pictures: [Known<String>] = []
    private(set) var faults: [StructureFault] = []
    private var data: (start: Int64, promised: Int64)?
    private var samples: Int64?
    private var long: (riff: UInt64, data: UInt64, samples: UInt64)?
    private var promisedEnd: Int64 = 0

    /// What a 32-bit size holds where the real one is elsewhere, or was never filled in.
    private static let open: Int64 = 0xFFFF_FFFF

    mutating func read(_ pager: inout Pager) throws {
        let head = try pager.bytes(at: 0, count: 8)
        let bigEndian = head.starts(with: "RIFX")
        let stated = Int64((bigEndian ? head.u32(4) : head.le32(4)) ?? 0)
        var chunks = RIFFChunks(from: 12, to: pager.length, bigEndian: bigEndian)
        var last: Int64 = 12
        while let chunk = try chunks.next(&pager) {
            if data != nil, !Self.isName(chunk.type) || chunk.promisedEnd > pager.length {
                // Behind the sound, what is no chunk belongs to nothing.
                noteStray(at: last, pager.length)
                break
            }
            try read(chunk, bigEndian, &pager)
            if chunk.type == "data", let data, data.start == chunk.body {
                let next = data.promised < 0 ? pager.length : data.start.saturatingAdd(data.promised)
                promisedEnd = max(promisedEnd, next)
                last = min(next.saturatingAdd(next & 1), pager.length)
                chunks = RIFFChunks(from: last, to: pager.length, bigEndian: bigEndian)
                continue
            }
            promisedEnd = max(promisedEnd, chunk.promisedEnd)
            last = chunks.position
        }
        if chunks.position < pager.length, chunks.position == last { noteStray(at: last, pager.length) }
        check(stated, pager.length)
    }

    private mutating func read(_ chunk: RIFFChunks.Chunk, _ bigEndian: Bool, _ pager: inout Pager) throws {
        switch chunk.type {
        case "ds64":
            let body = try pager.bytes(at: chunk.body, count: 24)
            if let riff = body.le64(0), let data = body.le64(8), let samples = body.le64(16) {
                long = (riff, data, samples)
            }
        case "fmt " where format == nil:
            let count = Int(min(chunk.size, 4096))
            format = WaveFormat(try pager.bytes(at: chunk.body, count: count), bigEndian: bigEndian)
        case "fact":
            let body = try pager.bytes(at: chunk.body, count: 4)
            samples = (bigEndian ? body.u32(0) : body.le32(0)).map { Int64($0) }
            if samples == Self.open { samples = long.flatMap { Int64(exactly: $0.samples) } }
        case "data" where data == nil:
            var promised = chunk.promisedEnd - chunk.body
            if promised == Self.open { promised = long.map { Int64(clamping: $0.data) } ?? -1 }
            // A recorder that was not closed leaves zero.
            if promised == 0, chunk.body + 8 < pager.length, long == nil { promised = -1 }
            data = (chunk.body, promised)
        case "bext":
            metadata += RIFFInfo.broadcast(try pager.bytes(at: chunk.body, count: Int(min(chunk.size, 2048))))
        case "LIST":
            guard try pager.bytes(at: chunk.body, count: 4).fourCC(0) == "INFO" else { return }
            metadata += try RIFFInfo.entries(in: chunk, bigEndian: bigEndian, &pager)
        case "id3 ", "ID3 ":
            let tag = try ID3Tag(at: chunk.body, &pager)
            metadata += tag.metadata
            pictures += tag.pictures
        case "_PMX":
            metadata += XMP.entries(in: try pager.bytes(at: chunk.body, count: Int(min(chunk.size, 1 << 20))))
        case "C2PA":
            let count = Int(min(chunk.size, Int64(ContentCredentials.scanLimit)))
            metadata += ContentCredentials.entries(in: try pager.bytes(at: chunk.body, count: count), place: "C2PA")
        default: return
        }
    }

    private static func isName(_ type: String) -> Bool {
        type.unicodeScalars.allSatisfy { (0x20...0x7E).contains($0.value) }
    }

    private mutating func noteStray(at offset: Int64, _ length: Int64) {
        guard length - offset > 1 else { return }
        faults.append(
            StructureFault(
                .strayBytes, offset: offset, bytes: length - offset,
                "\(length - offset) bytes follow the end of its structure"))
    }

    private mutating func check(_ stated: Int64, _ length: Int64) {
        let whole = stated == Self.open ? long.map { Int64(clamping: $0.riff) } ?? 0 : stated
        if let data, data.promised > 0, whole > 0, 8 + whole < data.start.saturatingAdd(data.promised) {
            faults.append(
                StructureFault(
                    .impossibleSize, offset: 4, "its sound ends behind the size that the file states for itself"))
        }
        if whole > 0, faults.allSatisfy({ $0.kind != .strayBytes }), data?.promised ?? 0 >= 0 {
            promisedEnd = max(promisedEnd, min(whole, Int64.max - 8) + 8)
        }
        guard let format else { return }
        if format.sampleRate == 0 {
            faults.append(StructureFault(.brokenTiming, "its format states no samples a second"))
        }
        let needed = format.channels * ((format.bits + 7) / 8)
        if format.isLinear, format.blockSize != needed {
            faults.append(
                StructureFault(
                    .brokenFraming,
                    "its blocks have \(format.blockSize) bytes where \(format.channels) channels of \(format.bits) bits "
                        + "need \(needed)"))
        }
    }

    func missingBytes(in length: Int64) -> Known<Int64> {
        if let data, data.promised < 0 { return .unknown("the size of its data was never filled in") }
        if data == nil, format != nil { return .known(max(promisedEnd - length, 8)) }
        if format == nil, promisedEnd <= length { return .unknown("it has no format chunk") }
        return .known(max(promisedEnd - length, 0))
    }

    func duration(in length: Int64) -> Known<Double> {
        guard let data else { return .unknown("it has no data chunk") }
        guard let format else { return .unknown("it has no format chunk") }
        let there = max(length - data.start, 0)
        let bytes = data.promised < 0 ? there : min(data.promised, there)
        if !format.isLinear, let samples, samples > 0, format.sampleRate > 0, data.promised <= there {
            return .known(Double(samples) / Double(format.sampleRate))
        }
        let rate = format.byteRateInUse
        return rate > 0 ? .known(Double(bytes) / Double(rate)) : .unknown("its format states no rate")
    }
}
