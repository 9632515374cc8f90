internal import FoundationEssentials

/// Messages as the bytes of a line, without the line's end. JSON puts no line break anywhere but in its indentation.
package enum MessageCoder {
    package static func line(_ message: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        // A file may well say that it lasts for an infinity.
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return Array(try encoder.encode(message))
    }

    package static func message<Message: Decodable>(_ type: Message.Type, from line: [UInt8]) throws -> Message {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return try decoder.decode(type, from: Data(line))
    }
}
