internal import ReelModel

/// Files of IFF chunks: RIFF, its 64-bit forms (EBU Tech 3306), its big-endian twin RIFX, and EA IFF 85.
extension Sniff {
    static func riff(_ head: Bytes) -> FileType? {
        guard let outer = head.fourCC(0), let form = head.fourCC(8) else { return nil }
        switch (outer, form) {
        case ("RIFF", "WAVE"), ("RF64", "WAVE"), ("BW64", "WAVE"), ("RIFX", "WAVE"): return .wav
        case ("RIFF", "AVI "), ("RIFF", "AVIX"), ("RIFF", "AVI\u{19}"): return .avi
        case ("RIFF", "WEBP"): return .webp
        case ("RIFF", "RMID"): return .midi
        case ("RIFF", "ACON"): return .ico
        case ("RIFF", "XWMA"): return .wmv
        case ("FORM", "AIFF"), ("FORM", "AIFC"): return .aiff
        case ("FORM", "ILBM"), ("FORM", "PBM "), ("FORM", "ACBM"): return .ilbm
        default: return nil
        }
    }
}
