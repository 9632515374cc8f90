internal import ReelModel

extension ColorFacts {
    /// Says what the tags make of the picture once they are all known: Dolby Vision by its record, else the curve
    /// (ITU-T H.273, 8.2). A stream without tags stays unknown: most such are SDR, and nothing says so.
    mutating func settleDynamicRange() {
        if dolbyVision != nil {
            dynamicRange = .known(.dolbyVision)
            return
        }
        switch transfer {
        case .unknown(let why): dynamicRange = .unknown(why)
        case .known("smpte2084"):
            let isStatic = masteringLuminance.value != nil || contentLight.value != nil
            dynamicRange = .known(isStatic ? .hdr10 : .pq)
        case .known("arib-std-b67"): dynamicRange = .known(.hlg)
        case .known(let curve) where ColorFacts.standardCurves.contains(curve): dynamicRange = .known(.sdr)
        case .known(let curve): dynamicRange = .unknown("the curve \(curve) is neither of SDR nor of HDR")
        }
    }

    private static let standardCurves: Set<String> = [
        "bt709", "bt470m", "bt470bg", "smpte170m", "smpte240m", "iec61966-2-1", "iec61966-2-4", "bt1361e",
        "bt2020-10", "bt2020-12",
    ]

    /// The grading display (SMPTE ST 2086), as the box `mdcv` (ISO/IEC 14496-12, 12.1.7) and the SEI message of
    /// ITU-T H.265, D.2.28 write it: three primaries and white, then the luminances in 1/10000 cd/m².
    mutating func takeMasteringDisplay(_ bytes: Bytes) {
        guard let most = bytes.u32(16), let least = bytes.u32(20), most > 0, least <= most else { return }
        masteringLuminance = .known(LuminanceRange(minimum: Double(least) / 10_000, maximum: Double(most) / 10_000))
    }

    /// MaxCLL and MaxFALL, as the box `clli` (ISO/IEC 14496-12, 12.1.6) and the SEI message of ITU-T H.265, D.2.35
    /// write them. Zeros mean that they are not known.
    mutating func takeContentLight(_ bytes: Bytes) {
        guard let most = bytes.u16(0), let average = bytes.u16(2), most > 0 || average > 0 else { return }
        contentLight = .known(ContentLight(maximum: most, maximumFrameAverage: average))
    }

    /// The record of `dvcC`, `dvvC` and `dvwC` (Dolby Vision Streams Within the ISO Base Media File Format 2.1.2, 3.2).
    mutating func takeDolbyVision(_ bytes: Bytes) {
        guard let packed = bytes.u16(2), let compatible = bytes.u8(4) else { return }
        dolbyVision = DolbyVision(
            profile: packed >> 9, level: packed >> 3 & 0x3F, compatibility: compatible >> 4)
    }
}
