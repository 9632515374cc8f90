import ReelModel

@testable import ReelFormats

/// Something that reads bytes of strangers, and what it must hold to whatever they are. `tools/fuzz` feeds these with
/// damaged input; the tests feed them with a little of it every time.
struct FuzzTarget: Sendable, CustomStringConvertible {
    let name: String
    /// The inputs to start from that are in a file: itself, or what a parser is given of it.
    let seeds: @Sendable (_ file: [UInt8]) -> [[UInt8]]
    /// What is wrong with how the input was answered; `nil` where all is well.
    let complaint: @Sendable (_ input: [UInt8]) -> String?

    var description: String { name }

    static func named(_ name: String) -> FuzzTarget? { all.first { $0.name == name } }

    /// The reader of one type's headers, whatever the first bytes are.
    static func header(_ type: FileType) -> FuzzTarget {
        FuzzTarget(
            name: type.id,
            seeds: { file in
                var source = MemorySource(file)
                return (try? Sniff.type(of: &source))?.value == type ? [file] : []
            },
            complaint: { input in
                var pager = Pager(CountingSource(input))
                var facts = Facts(
                    depth: .header, bytes: pager.length, fileExtension: type.id, type: .known(type))
                do {
                    try HeaderReader.read(type, &pager, into: &facts)
                } catch {
                    return "\(error) was thrown over \(input.count) bytes"
                }
                facts.keepThePossible()
                return Sanity.complaint(about: facts, of: input.count)
                    ?? (pager.source as? CountingSource)?.complaint
            })
    }

    /// A parser of part of a file, with the boxes or elements that hold such parts.
    /// - Parameters:
    ///   - heldBy: the box's type, and the bytes of it that stand before the part.
    ///   - text: where no file holds one.
    static func part(
        _ name: String, heldBy: [(type: String, skipping: Int)] = [], from text: String = "",
        _ read: @escaping @Sendable (Bytes) -> Void
    ) -> FuzzTarget {
        FuzzTarget(
            name: name,
            seeds: { file in
                heldBy.flatMap { contents(of: $0.type, skipping: $0.skipping, in: file) } + [Array(text.utf8)]
            },
            complaint: { input in
                read(Bytes(input))
                return nil
            })
    }

    /// The contents of every box of that type, wherever in the file its four characters stand behind a size that fits.
    private static func contents(of type: String, skipping: Int, in file: [UInt8]) -> [[UInt8]] {
        let bytes = Bytes(file)
        var found: [[UInt8]] = []
        var at = 4
        while let place = bytes.first(Array(type.utf8), from: at), found.count < 8 {
            at = place + 4
            guard let size = bytes.u32(place - 4), size > 8 + skipping, size <= file.count - place + 4 else { continue }
            found.append(bytes.slice(from: place + 4 + skipping, count: size - 8 - skipping).array)
        }
        return found
    }
}
