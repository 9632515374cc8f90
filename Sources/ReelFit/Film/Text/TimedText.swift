/// Text as MP4 has it (3GPP TS 26.245, 5.16 and 5.17: `tx3g`).
enum TimedText {
    /// The most bytes of a sample's words, whose length is told in two bytes.
    private static let most = 0xFFFF
    private static let fontSize: UInt8 = 18
    private static let white: [UInt8] = [255, 255, 255, 255]

    /// What a decoder is set up with: white in the middle below, of one font, without a box behind it.
    static var configuration: [UInt8] {
        let flags: [UInt8] = [0, 0, 0, 0]
        let centred: [UInt8] = [1, 0xFF]
        let background: [UInt8] = [0, 0, 0, 0]
        let wholePicture = [UInt8](repeating: 0, count: 8)
        let font = Array("Sans-Serif".utf8)
        let fonts = [0, 1, 0, 1, UInt8(font.count)] + font
        return flags + centred + background + wholePicture + style(0..<0, []) + box("ftab", fonts)
    }

    /// What is shown, for as long as the sample lasts; no words clear the picture.
    static func sample(_ text: StyledText) -> [UInt8] {
        var words: [UInt8] = []
        var styles: [[UInt8]] = []
        var place = 0
        for run in text.runs {
            let bytes = Array(run.words.utf8)
            guard words.count + bytes.count <= most else { break }
            words += bytes
            let end = place + run.words.unicodeScalars.count
            if !run.face.isEmpty { styles.append(style(place..<end, run.face)) }
            place = end
        }
        let styled = styles.isEmpty ? [] : box("styl", word(styles.count) + styles.joined())
        return word(words.count) + words + styled
    }

    /// Of characters from one to before another.
    private static func style(_ characters: Range<Int>, _ face: StyledText.Face) -> [UInt8] {
        word(characters.lowerBound) + word(characters.upperBound) + [0, 1, face.rawValue, fontSize] + white
    }

    private static func box(_ type: String, _ content: [UInt8]) -> [UInt8] {
        let size = content.count + 8
        return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: size >> $0) } + Array(type.utf8) + content
    }

    private static func word(_ number: Int) -> [UInt8] { [UInt8(number >> 8 & 255), UInt8(number & 255)] }

    /// Reads a sample again.
    static func read(_ bytes: [UInt8]) -> StyledText {
        guard bytes.count >= 2 else { return StyledText() }
        let length = Int(bytes[0]) << 8 | Int(bytes[1])
        guard length > 0, bytes.count >= 2 + length else { return StyledText() }
        let raw = bytes[2..<2 + length]
        let isWide = raw.starts(with: [0xFE, 0xFF])
        let units = stride(from: raw.startIndex + 2, to: raw.endIndex - 1, by: 2).map {
            UInt16(raw[$0]) << 8 | UInt16(raw[$0 + 1])
        }
        let words = isWide ? String(decoding: units, as: UTF16.self) : String(decoding: raw, as: UTF8.self)
        let scalars = Array(words.replacing("\r\n", with: "\n").replacing("\r", with: "\n").unicodeScalars)
        var faces = [StyledText.Face](repeating: [], count: scalars.count)
        var place = 2 + length
        while place + 8 <= bytes.count {
            let size = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
            guard size >= 8, place + size <= bytes.count else { break }
            if bytes[place + 4..<place + 8].elementsEqual("styl".utf8) {
                for record in stride(from: place + 10, through: place + size - 12, by: 12) {
                    let start = Int(bytes[record]) << 8 | Int(bytes[record + 1])
                    let end = min(Int(bytes[record + 2]) << 8 | Int(bytes[record + 3]), scalars.count)
                    guard start < end else { continue }
                    for one in start..<end { faces[one] = StyledText.Face(rawValue: bytes[record + 6] & 7) }
                }
            }
            place += size
        }
        return StyledText(zip(scalars, faces).map { StyledText.Run(words: String($0), face: $1) })
    }
}
