internal import ReelModel

/// Supplemental enhancement information (ITU-T H.264, 7.3.2.3; ITU-T H.265, 7.3.5), which both write the same way.
enum SEI {
    /// More messages than any unit holds.
    private static let limit = 64

    /// Takes what a unit says of colour.
    /// - Parameter payload: the NAL unit without its header, start code prevention taken out.
    static func read(_ payload: Bytes, into color: inout ColorFacts) {
        var at = 0
        for _ in 0..<limit {
            guard let kind = number(payload, &at), let size = number(payload, &at), at + size <= payload.count else {
                return
            }
            let message = payload.slice(from: at, count: size)
            switch kind {
            case 137: color.takeMasteringDisplay(message)
            case 144: color.takeContentLight(message)
            case 147:  // the curve that is really meant, where the parameter set names one that old decoders know
                let meant = ColorFacts(primaries: nil, transfer: message.u8(0), matrix: nil, fullRange: nil)
                color.transfer = meant.transfer.filled(from: color.transfer)
            default: break
            }
            at += size
        }
    }

    /// Bytes of 255 and one that is less, added up.
    private static func number(_ bytes: Bytes, _ at: inout Int) -> Int? {
        var value = 0
        while let byte = bytes.u8(at) {
            at += 1
            value += byte
            if byte < 255 { return value }
        }
        return nil
    }
}
