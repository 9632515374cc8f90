/// How much work the encoder puts into a picture.
enum EncoderPreset: String, Sendable, Hashable {
    case survey, veryfast, faster, medium

    /// The more bits there are, the less the encoder's effort is worth: measured on noise at 0.8 bits per pixel,
    /// `ultrafast` and `superfast` come to the same PSNR.
    init(bitsPerPixel: Double, isFast: Bool) {
        switch isFast ? .infinity : bitsPerPixel {
        case 0.5...: self = .veryfast
        case 0.3...: self = .faster
        default: self = .medium
        }
    }

    /// The encoder's options, by the library's names.
    var options: [String: String] {
        switch self {
        // What decides how bytes are spread over a film, without what only makes them fewer.
        case .survey: ["preset": "superfast", "mbtree": "1", "rc-lookahead": "20"]
        case .veryfast, .faster, .medium: ["preset": rawValue]
        }
    }
}
