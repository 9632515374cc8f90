/// The header of one frame of MPEG audio (ISO/IEC 11172-3, 2.4.2.3; ISO/IEC 13818-3 for the low rates).
struct MPEGAudioFrame {
    /// 1, 2 or 3 (for 2.5).
    let version: Int
    let layer: Int
    let sampleRate: Int
    let channels: Int
    /// Bits per second.
    let bitRate: Int
    /// Bytes, header included.
    let size: Int
    let isMono: Bool

    init?(_ head: Bytes) {
        guard let word = head.u32(0), word >> 21 == 0x7FF else { return nil }
        let versionBits = word >> 19 & 3
        let layerBits = word >> 17 & 3
        let rateIndex = word >> 12 & 15
        let frequency = word >> 10 & 3
        guard versionBits != 1, layerBits != 0, rateIndex != 0, rateIndex != 15, frequency != 3 else { return nil }
        version = versionBits == 3 ? 1 : versionBits == 2 ? 2 : 3
        layer = 4 - layerBits
        sampleRate = [44100, 48000, 32000][frequency] >> (version - 1)
        isMono = word >> 6 & 3 == 3
        channels = isMono ? 1 : 2
        let table: [Int]
        switch (version, layer) {
        case (1, 1): table = [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448]
        case (1, 2): table = [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384]
        case (1, _): table = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
        case (_, 1): table = [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256]
        default: table = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
        }
        bitRate = table[rateIndex - 1] * 1000
        let padding = word >> 9 & 1
        if layer == 1 {
            size = (12 * bitRate / sampleRate + padding) * 4
        } else {
            size = (layer == 3 && version > 1 ? 72 : 144) * bitRate / sampleRate + padding
        }
        guard size > 4 else { return nil }
    }

    /// Samples of each channel.
    var samples: Int { layer == 1 ? 384 : layer == 3 && version > 1 ? 576 : 1152 }

    /// FFmpeg's name.
    var codec: String { "mp\(layer)" }

    /// What does not change from frame to frame.
    func continues(_ other: MPEGAudioFrame) -> Bool {
        version == other.version && layer == other.layer && sampleRate == other.sampleRate
    }

    /// Whether frames follow each other from there: three, or fewer where the file ends right behind them.
    static func follow(at offset: Int64, _ pager: inout Pager) throws -> Bool {
        guard let first = MPEGAudioFrame(try pager.bytes(at: offset, count: 4)) else { return false }
        var at = offset + Int64(first.size)
        for _ in 0..<2 {
            let head = try pager.bytes(at: at, count: 4)
            if at == pager.length || head.starts(with: "TAG") || head.starts(with: "APET") { return true }
            guard let next = MPEGAudioFrame(head), next.continues(first) else { return false }
            at += Int64(next.size)
        }
        return true
    }
}
