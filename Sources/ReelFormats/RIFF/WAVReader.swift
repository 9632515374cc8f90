internal import ReelModel

/// Reads WAVE files (Multimedia Programming Interface and Data Specifications 1.0), big-endian RIFX, and their 64-bit
/// forms (EBU Tech 3306; ITU-R BS.2088).
enum WAVReader {
    /// What a 32-bit size holds where the real one is elsewhere, or was never filled in.
    private static let open = 0xFFFF_FFFF

    static func read(_ pager: inout Pager, into facts: inout Facts) throws {
        facts.video = .known([])
        facts.others = .known([])
        facts.encrypted = .known(false)
        let bigEndian = try pager.bytes(at: 0, count: 4).starts(with: "RIFX")
        var format: WaveFormat?
        var data: (start: Int64, promised: Int64)?
        var samples: Int64?
        var longData: UInt64?
        var promisedEnd: Int64 = 0

        var chunks = RIFFChunks(from: 12, to: pager.length, bigEndian: bigEndian)
        while let chunk = try chunks.next(&pager) {
            switch chunk.type {
            case "ds64": longData = try pager.bytes(at: chunk.body, count: 24).le64(8)
            case "fmt ":
                let count = Int(min(chunk.size, 4096))
                format = WaveFormat(try pager.bytes(at: chunk.body, count: count), bigEndian: bigEndian)
            case "fact":
                let body = try pager.bytes(at: chunk.body, count: 4)
                samples = (bigEndian ? body.u32(0) : body.le32(0)).map { Int64($0) }
            case "data" where data == nil:
                var promised = chunk.promisedEnd - chunk.body
                if promised == Int64(open) { promised = longData.map { Int64(clamping: $0) } ?? -1 }
                data = (chunk.body, promised)
                let next = chunk.body.saturatingAdd(max(promised, 0))
                promisedEnd = max(promisedEnd, next)
                if longData != nil { chunks = RIFFChunks(from: min(next, pager.length), to: pager.length) }
                continue
            default: break
            }
            if data == nil || chunk.promisedEnd <= pager.length { promisedEnd = max(promisedEnd, chunk.promisedEnd) }
        }

        guard let format else {
            facts.audio = .unknown("it has no format chunk")
            facts.duration = .unknown("it has no format chunk")
            facts.missingBytes =
                promisedEnd > pager.length
                ? .known(promisedEnd - pager.length) : .unknown("it has no format chunk")
            return
        }
        var audio = AudioFacts(
            index: 0, codec: Known(format.codec, else: "format tag \(format.tag) is not known here"))
        audio.channels = format.channels > 0 ? .known(format.channels) : .unknown("it states none")
        audio.sampleRate = format.sampleRate > 0 ? .known(format.sampleRate) : .unknown("it states none")
        audio.start = .known(0)
        if let configuration = format.audioSpecificConfig { audio.profile = configuration.profile }
        let linear = Int64(format.sampleRate).saturatingMultiply(Int64(format.blockSize))
        let byteRate = format.isLinear ? linear : Int64(format.byteRate)
        if byteRate > 0 { audio.bitRate = .known(byteRate.saturatingMultiply(8)) }

        if let data {
            let there = max(pager.length - data.start, 0)
            facts.missingBytes =
                data.promised < 0
                ? .unknown("the size of its data was never filled in") : .known(max(promisedEnd - pager.length, 0))
            let bytes = data.promised < 0 ? there : min(data.promised, there)
            if !format.isLinear, let samples, samples > 0, format.sampleRate > 0, data.promised <= there {
                audio.duration = .known(Double(samples) / Double(format.sampleRate))
            } else if byteRate > 0 {
                audio.duration = .known(Double(bytes) / Double(byteRate))
            } else {
                audio.duration = .unknown("its format states no rate")
            }
        } else {
            audio.duration = .unknown("it has no data chunk")
            facts.missingBytes = .known(max(promisedEnd - pager.length, 8))
        }
        facts.audio = .known([audio])
        facts.duration = audio.duration
        facts.setBitRate()
    }
}
