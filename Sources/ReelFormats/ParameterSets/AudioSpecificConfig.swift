internal import ReelModel

/// What configures an AAC decoder (ISO/IEC 14496-3, 1.6.2.1).
struct AudioSpecificConfig {
    var profile: Known<String>
    var sampleRate: Known<Int>
    var channels: Known<Int>
    /// As FFmpeg names them.
    var channelLayout: Known<String>
    /// MPEG-4 Audio Lossless Coding, which states the rate once more in a configuration of its own; that one holds.
    var isLossless = false

    static let sampleRates = [
        96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350,
    ]

    private static let implicitSBR = "the stream may double it without saying so in the header"

    init?(_ bytes: Bytes) {
        var bits = BitReader(bytes.slice(from: 0, count: 64).array)
        guard let parsed = try? AudioSpecificConfig(&bits) else { return nil }
        self = parsed
    }

    private init?(_ bits: inout BitReader) throws(BitReader.End) {
        var object = try AudioSpecificConfig.objectType(&bits)
        guard var rate = try AudioSpecificConfig.sampleRate(&bits) else { return nil }
        let configuration = try bits.bits(4)
        let coreRate = rate
        var replication: Bool?
        var parametricStereo = false
        if object == 5 || object == 29 {
            parametricStereo = object == 29
            replication = true
            guard let extended = try AudioSpecificConfig.sampleRate(&bits) else { return nil }
            rate = extended
            object = try AudioSpecificConfig.objectType(&bits)
        } else if let extended = try? AudioSpecificConfig.backwardCompatible(bits, configuration) {
            replication = extended.replication
            parametricStereo = extended.parametricStereo
            rate = extended.rate ?? rate
        }
        profile = Known(
            AudioSpecificConfig.name(object, replication == true, parametricStereo),
            else: "audio object type \(object) has no name")
        sampleRate = .known(rate)
        isLossless = object == 36
        channels = Known(
            AudioSpecificConfig.channels(configuration), else: "channel configuration \(configuration) says no number")
        channelLayout = Known(
            AudioSpecificConfig.layout(configuration), else: "channel configuration \(configuration) has no name")
        if parametricStereo, channels.value == 1 {
            channels = .known(2)
            channelLayout = .known("stereo")
        }
        // Spectral band replication may come without a word here, at rates where it makes sense.
        if replication == nil, object == 2, coreRate <= 24000 {
            profile = .unknown(AudioSpecificConfig.implicitSBR)
            sampleRate = .unknown(AudioSpecificConfig.implicitSBR)
        }
    }

    private static func objectType(_ bits: inout BitReader) throws(BitReader.End) -> Int {
        let short = try bits.bits(5)
        return short == 31 ? 32 + (try bits.bits(6)) : short
    }

    private static func sampleRate(_ bits: inout BitReader) throws(BitReader.End) -> Int? {
        let index = try bits.bits(4)
        if index == 15 { return try bits.bits(24) }
        return index < sampleRates.count ? sampleRates[index] : nil
    }

    /// The extension that old decoders do not see (1.6.5), behind the configuration of the core.
    private static func backwardCompatible(_ core: BitReader, _ configuration: Int) throws(BitReader.End)
        -> (replication: Bool, rate: Int?, parametricStereo: Bool)
    {
        var bits = core
        try bits.skip(1)
        if try bits.bit() { try bits.skip(14) }
        try bits.skip(1)
        guard configuration != 0 else { throw BitReader.End() }
        guard try bits.bits(11) == 0x2B7, try objectType(&bits) == 5 else { throw BitReader.End() }
        guard try bits.bit() else { return (false, nil, false) }
        let rate = try sampleRate(&bits)
        guard bits.remaining >= 12, try bits.bits(11) == 0x548 else { return (true, rate, false) }
        return (true, rate, try bits.bit())
    }

    /// Table 1.19.
    static func channels(_ configuration: Int) -> Int? {
        switch configuration {
        case 1...6: configuration
        case 7, 12, 14: 8
        case 11: 7
        case 13: 24
        default: nil
        }
    }

    /// Table 1.19, in FFmpeg's words.
    private static func layout(_ configuration: Int) -> String? {
        switch configuration {
        case 1: "mono"
        case 2: "stereo"
        case 3: "3.0"
        case 4: "4.0"
        case 5: "5.0"
        case 6: "5.1"
        case 7: "7.1(wide)"
        case 11: "6.1(back)"
        case 12: "7.1"
        default: nil
        }
    }

    private static func name(_ object: Int, _ replication: Bool, _ parametricStereo: Bool) -> String? {
        if parametricStereo { return "HE-AACv2" }
        if replication { return "HE-AAC" }
        switch object {
        case 1: return "Main"
        case 2: return "LC"
        case 3: return "SSR"
        case 4: return "LTP"
        case 23: return "LD"
        case 39: return "ELD"
        case 42: return "xHE-AAC"
        default: return nil
        }
    }
}
