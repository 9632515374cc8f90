#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif
internal import ReelMedia

/// Turns coded red, green and blue into the light of a display. 1 is the white of a standard display, 200 cd/m2: WCAG's
/// tenth and eight tenths of it are the 20 and 160 cd/m2 of ITU-R BT.1702.
struct DisplayLight: Sendable {
    /// Linear light of BT.709's primaries, and the luminance of all three.
    struct Color {
        var red: Float
        var green: Float
        var blue: Float
        var luminance: Float
    }

    static let standard = DisplayLight(nil, steps: 1024)
    static let perceptualQuantizer = DisplayLight(.perceptualQuantizer, steps: 4096)
    static let hybridLogGamma = DisplayLight(.hybridLogGamma, steps: 4096)

    static func of(_ curve: HighDynamicRange?) -> DisplayLight {
        switch curve {
        case nil: standard
        case .perceptualQuantizer: perceptualQuantizer
        case .hybridLogGamma: hybridLogGamma
        }
    }

    let curve: HighDynamicRange?
    private let table: [Float]

    private init(_ curve: HighDynamicRange?, steps: Int) {
        self.curve = curve
        table = (0..<steps).map { step in
            let sample = Float(step) / Float(steps - 1)
            return switch curve {
            case nil: Self.sRGB(sample)
            case .perceptualQuantizer: Self.perceptualQuantizer(sample) / Self.white
            case .hybridLogGamma: Self.sceneLight(sample)
            }
        }
    }

    /// Of samples from 0 to 1.
    func color(red: Float, green: Float, blue: Float) -> Color {
        let r = light(red)
        let g = light(green)
        let b = light(blue)
        guard let curve else {
            // WCAG's relative luminance has the weights of BT.709, whose primaries it is about.
            return Color(red: r, green: g, blue: b, luminance: 0.2126 * r + 0.7152 * g + 0.0722 * b)
        }
        // BT.2100 has the primaries of BT.2020.
        let luminance = 0.2627 * r + 0.6780 * g + 0.0593 * b
        let gain = curve == .hybridLogGamma ? Self.displayGain(sceneLuminance: luminance) : 1
        // What is outside of BT.709 is cut off (ITU-R BT.2407, clause 2).
        return Color(
            red: gain * max(1.6605 * r - 0.5876 * g - 0.0728 * b, 0),
            green: gain * max(1.1329 * g - 0.1246 * r - 0.0083 * b, 0),
            blue: gain * max(1.1187 * b - 0.0182 * r - 0.1006 * g, 0),
            luminance: gain * luminance)
    }

    private func light(_ sample: Float) -> Float {
        table[Int(min(max(sample, 0), 1) * Float(table.count - 1) + (curve == nil ? 0 : 0.5))]
    }

    /// Of a standard display, in cd/m2: that of which BT.1702's 20 cd/m2 are WCAG's tenth.
    private static let white: Float = 200

    /// IEC 61966-2-1, which WCAG goes by; from 0 to 1.
    private static func sRGB(_ sample: Float) -> Float {
        sample <= 0.04045 ? sample / 12.92 : powf((sample + 0.055) / 1.055, 2.4)
    }

    /// The EOTF of PQ (SMPTE ST 2084; ITU-R BT.2100, table 4), in cd/m2.
    private static func perceptualQuantizer(_ sample: Float) -> Float {
        let root = powf(sample, 32 / 2523)
        let c1: Float = 3424 / 4096
        let c2: Float = 2413 / 128
        let c3: Float = 2392 / 128
        return 10_000 * powf(max(root - c1, 0) / (c2 - c3 * root), 16384 / 2610)
    }

    /// The inverse OETF of HLG (ITU-R BT.2100, table 5): the light of the scene, from 0 to 1.
    private static func sceneLight(_ sample: Float) -> Float {
        let a: Float = 0.17883277
        let b: Float = 1 - 4 * a
        let c: Float = 0.5 - a * logf(4 * a)
        return sample <= 0.5 ? sample * sample / 3 : (expf((sample - c) / a) + b) / 12
    }

    /// The OOTF of HLG on the display that BT.2100 takes for reference: 1000 cd/m2 at most, system gamma 1.2.
    private static func displayGain(sceneLuminance: Float) -> Float {
        1000 / white * powf(sceneLuminance, 0.2)
    }
}
