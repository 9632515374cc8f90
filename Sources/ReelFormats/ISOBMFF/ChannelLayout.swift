internal import ReelModel

/// Which loudspeakers the channels of a sound are for, in FFmpeg's names.
struct ChannelLayout {
    let channels: Int
    let name: String

    /// One channel and two mean the same everywhere; more of them need a word on their order.
    static func name(channels: Int) -> String? {
        switch channels {
        case 1: "mono"
        case 2: "stereo"
        default: nil
        }
    }

    /// The orders of Vorbis, which Opus has taken over (RFC 7845, 5.1.1.2).
    static func name(vorbis channels: Int) -> String? {
        let names = ["mono", "stereo", "3.0", "quad", "5.0", "5.1", "6.1", "7.1"]
        return names.indices.contains(channels - 1) ? names[channels - 1] : nil
    }

    /// The box `chan` (QuickTime File Format, channel layout atom) behind its version and flags: a tag, or a bit for
    /// each loudspeaker.
    static func name(quickTime box: Bytes) -> Known<String> {
        guard let tag = box.u32(4), let bits = box.u32(8) else { return .unknown(Facts.notInHeader) }
        if tag == 1 << 16 { return Known(masks[bits], else: "the loudspeakers have no common name") }
        return Known(tags[tag], else: "the channels' order has no common name")
    }

    /// Audio channel layout tags of Core Audio: a number, and the channels in the low half.
    private static let tags: [Int: String] = [
        100 << 16 | 1: "mono", 101 << 16 | 2: "stereo", 102 << 16 | 2: "stereo", 113 << 16 | 3: "3.0",
        114 << 16 | 3: "3.0", 115 << 16 | 4: "4.0", 116 << 16 | 4: "4.0", 117 << 16 | 5: "5.0(side)",
        118 << 16 | 5: "5.0(side)", 119 << 16 | 5: "5.0(side)", 120 << 16 | 5: "5.0(side)", 121 << 16 | 6: "5.1(side)",
        122 << 16 | 6: "5.1(side)", 123 << 16 | 6: "5.1(side)", 124 << 16 | 6: "5.1(side)", 128 << 16 | 8: "7.1",
    ]

    /// A bit each for front left, right, centre, low frequencies, back left, right …, as WAVE has them too.
    static let masks: [Int: String] = [
        0x4: "mono", 0x3: "stereo", 0xB: "2.1", 0x7: "3.0", 0xF: "3.1", 0x107: "4.0", 0x33: "quad", 0x603: "quad(side)",
        0x37: "5.0", 0x3F: "5.1", 0x607: "5.0(side)", 0x60F: "5.1(side)", 0x70F: "6.1", 0x63F: "7.1",
        0x103: "3.0(back)", 0x10F: "4.1", 0x707: "6.0", 0x6C3: "6.0(front)", 0x137: "hexagonal", 0x13F: "6.1(back)",
        0x6CB: "6.1(front)", 0x637: "7.0", 0x6C7: "7.0(front)", 0xFF: "7.1(wide)", 0x6CF: "7.1(wide-side)",
    ]

    /// AC-3 and Enhanced AC-3: the audio coding mode and whether there is a channel for low frequencies. Streams of
    /// several parts are left to the decoder.
    init?(dolby bytes: Bytes, _ box: String) {
        let mode: Int
        let low: Int
        if box == "dac3" {
            guard let packed = bytes.u24(0) else { return nil }
            (mode, low) = (packed >> 11 & 7, packed >> 10 & 1)
        } else {
            guard let head = bytes.u16(0), head & 7 == 0, let packed = bytes.u16(3) else {
                return nil
            }
            guard packed >> 1 & 0xF == 0 else { return nil }
            (mode, low) = (packed >> 9 & 7, packed >> 8 & 1)
        }
        let plain = ["stereo", "mono", "stereo", "3.0", "3.0(back)", "4.0", "quad(side)", "5.0(side)"]
        let counts = [2, 1, 2, 3, 3, 4, 4, 5]
        channels = counts[mode] + low
        if low == 0 {
            name = plain[mode]
        } else {
            let withLow = [2: "2.1", 3: "3.1", 5: "4.1", 7: "5.1(side)"]
            guard let known = withLow[mode] else { return nil }
            name = known
        }
    }
}
