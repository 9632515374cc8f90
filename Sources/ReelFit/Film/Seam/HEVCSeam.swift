internal import ReelMedia
internal import ReelModel

/// The seam in a film of HEVC. libx265 numbers all its parameter sets 0, as nearly every film does; its pictures are
/// numbered anew, so that both kinds of sets stand in the container's header and the film's pictures stay as they are.
struct HEVCSeam: SeamCoding {
    private var record: HEVCConfiguration
    private var numbers: HEVCUnit.Numbers?
    private(set) var obstacle: String?
    /// What the film says of its light at its key pictures (ITU-T H.265, D.2.28, D.2.35 and D.2.38: mastering display,
    /// content light level, preferred transfer).
    private var light: [[UInt8]] = []

    private static let tellsOfLight: Set<UInt8> = [137, 144, 147]
    private static let mostLight = 8

    /// `nil` where the film's pictures are not kept as MP4 keeps them.
    init?(_ bytes: [UInt8]) {
        guard let record = HEVCConfiguration(bytes), record.lengthSize == 4 else { return nil }
        self.record = record
        numbers = record.freeNumbers
        if record.isInterlaced { obstacle = "it is coded in fields" }
    }

    var configuration: [UInt8] { record.bytes }
    var isSteered: Bool { false }
    /// x265 comes to the quality of x264 at a factor that is about 3 to 5 higher.
    var factors: ClosedRange<Double> { 20...29 }

    mutating func look(_ bytes: UnsafeRawBufferPointer) -> SeamRole {
        var role = SeamRole()
        for unit in PrefixedUnits(bytes) where unit.count > 2 {
            let kind = HEVCUnit.kind(unit)
            if HEVCUnit.layer(unit) != 0 { obstacle = "it has further layers, as for two eyes" }
            switch kind {
            case HEVCUnit.Kind.leading: role.isLeading = true
            // Nothing that waits to be shown may be dropped where it begins.
            case HEVCUnit.Kind.entries: role.isEntry = unit[2] & 0x40 == 0
            case HEVCUnit.Kind.sets:
                record.take(numbersOf: [UInt8](unit))
                numbers = record.freeNumbers
            case HEVCUnit.Kind.supplement:
                guard Self.tellsOfLight.contains(unit[2]), light.count < Self.mostLight else { break }
                let told = [UInt8](unit)
                if !light.contains(told) { light.append(told) }
            case HEVCUnit.Kind.dolbyVision: obstacle = "each picture carries Dolby Vision, which is not coded here"
            default: break
            }
        }
        if numbers == nil { obstacle = obstacle ?? "every number of its parameter sets is taken" }
        return role
    }

    /// A key picture of an open group becomes one behind which the film was spliced (ITU-T H.265, 3.10: BLA picture);
    /// what leads up to it is coded anew, and not there any more.
    func entered(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
        var entered = [UInt8](bytes)
        var place = 0
        var isChanged = false
        for unit in PrefixedUnits(bytes) {
            if HEVCUnit.kind(unit) == HEVCUnit.Kind.open {
                entered[place + 4] = unit[0] & 0x81 | HEVCUnit.Kind.spliced << 1
                isChanged = true
            }
            place += 4 + unit.count
        }
        return isChanged ? entered : nil
    }

    func encoding(_ stream: StreamInfo, _ size: Size, _ format: PixelFormat, factor: Double, delay: Int)
        -> VideoEncoding
    {
        // Each of these would put units into the stream, or make it depend on how many processors there are.
        let plain = "info=0:log-level=none:repeat-headers=0:aud=0:hrd=0:open-gop=0:frame-threads=1:slices=1"
        let order = delay == 0 ? ":bframes=0" : delay == 1 ? ":b-pyramid=0" : ""
        return VideoEncoding(
            codec: "libx265", size: size, pixelFormat: format, timeBase: stream.timeBase,
            frameRate: stream.averageFrameRate, sampleAspectRatio: stream.sampleAspectRatio,
            options: ["preset": "medium", "crf": "\(factor)", "x265-params": plain + order],
            color: ColorTags(told: stream))
    }

    func stored(_ bytes: UnsafeRawBufferPointer, isKey: Bool) -> [UInt8]? {
        var stored = isKey ? light.flatMap { PrefixedUnits.prefix($0) } : []
        for range in AccessUnit.units(of: bytes) {
            let unit = [UInt8](bytes[range])
            guard unit.count > 2, HEVCUnit.Kind.pictures ~= unit[0] >> 1 & 0x3F else { continue }
            guard let numbers, let slice = HEVCUnit.slice(unit, numbers) else { return nil }
            stored += PrefixedUnits.prefix(slice)
        }
        return stored
    }

    mutating func add(_ sets: [UInt8]) -> Bool {
        guard let numbers else { return false }
        for unit in AccessUnit.units(in: sets) where unit.count > 2 {
            guard HEVCUnit.Kind.sets ~= unit[0] >> 1 & 0x3F else { continue }
            guard let renumbered = HEVCUnit.set(unit, numbers) else { return false }
            record.add(renumbered)
        }
        return true
    }
}
