/// The frame header (ITU-T T.81, B.2.2), which opens with one of the marks SOF0 to SOF15.
struct JPEGFrame {
    struct Component {
        let id: Int
        /// Sampling factors.
        let horizontal: Int
        let vertical: Int
    }

    /// The second byte of its mark.
    let mark: Int
    /// Bits a sample.
    let precision: Int
    let width: Int
    /// 0 where a segment behind the first scan says it (B.2.5).
    let height: Int
    let components: [Component]

    init?(mark: Int, _ body: Bytes) {
        guard let precision = body.u8(0), let height = body.u16(1), let width = body.u16(3), let count = body.u8(5),
            width > 0
        else { return nil }
        self.mark = mark
        self.precision = precision
        self.width = width
        self.height = height
        components = (0..<count).compactMap { index in
            guard let id = body.u8(6 + 3 * index), let factors = body.u8(7 + 3 * index) else { return nil }
            return Component(id: id, horizontal: factors >> 4, vertical: factors & 15)
        }
        guard components.count == count, count > 0 else { return nil }
    }

    /// Whether a mark opens a frame: all of the row but DHT, JPG and DAC; 0xF7 is JPEG-LS (ITU-T T.87, C.2.2).
    static func opens(_ mark: Int) -> Bool {
        (0xC0...0xCF).contains(mark) && ![0xC4, 0xC8, 0xCC].contains(mark) || mark == 0xF7
    }

    /// Table B.1.
    var coding: String {
        switch mark {
        case 0xC0: "baseline"
        case 0xC1: "extended"
        case 0xC2: "progressive"
        case 0xC3: "lossless"
        case 0xC5...0xC7: "hierarchical"
        case 0xC9: "extended-arithmetic"
        case 0xCA: "progressive-arithmetic"
        case 0xCB: "lossless-arithmetic"
        case 0xF7: "jpeg-ls"
        default: "hierarchical-arithmetic"
        }
    }

    /// - Parameter adobe: the transform of the Adobe segment, where there is one (ITU-T T.872, 6.5.3).
    func colorModel(adobe: Int?, jfif: Bool) -> String? {
        switch components.count {
        case 1: return "gray"
        case 3:
            if jfif { return "ycbcr" }
            if let adobe { return adobe == 0 ? "rgb" : "ycbcr" }
            return components.map { $0.id } == [0x52, 0x47, 0x42] ? "rgb" : "ycbcr"
        case 4: return adobe == 2 ? "ycck" : "cmyk"
        default: return nil
        }
    }
}
