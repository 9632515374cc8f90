import ReelModel
import Testing

@testable import ReelFormats

/// Films of any size, whose bytes are made up as they are asked for.
struct `Large films` {
    /// A film in parts: bytes that are given, or a table that is counted up, or media that is all alike.
    struct Sparse: ByteSource {
        enum Part {
            case given([UInt8])
            /// So many numbers of four bytes, from the first on, each so much more than the one before.
            case numbers(count: Int, first: Int, step: Int)
            case media(Int64)

            var length: Int64 {
                switch self {
                case .given(let bytes): Int64(bytes.count)
                case .numbers(let count, _, _): Int64(count) * 4
                case .media(let length): length
                }
            }

            func byte(_ at: Int64) -> UInt8 {
                switch self {
                case .given(let bytes): return bytes[Int(at)]
                case .numbers(_, let first, let step):
                    let value = UInt32(truncatingIfNeeded: first + Int(at / 4) * step)
                    return UInt8(truncatingIfNeeded: value >> UInt32(24 - 8 * (at % 4)))
                case .media: return 0xAB
                }
            }
        }

        let parts: [Part]
        var bytesRead: Int64 = 0
        var largest = 0

        init(_ parts: [Part]) { self.parts = parts }

        var length: Int64 { parts.reduce(0) { $0 + $1.length } }

        mutating func read(at offset: Int64, count: Int) -> [UInt8] {
            bytesRead += Int64(count)
            largest = max(largest, count)
            var result: [UInt8] = []
            result.reserveCapacity(count)
            var start: Int64 = 0
            for part in parts {
                let from = max(offset, start)
                let to = min(offset + Int64(count), start + part.length)
                if from < to { for at in from..<to { result.append(part.byte(at - start)) } }
                start += part.length
            }
            return result
        }
    }

    /// A film of one track whose index comes first: a chunk a sample.
    /// - Parameter missing: bytes of media that are not there.
    static func film(samples: Int, size: Int, missing: Int64 = 0) -> (source: Sparse, index: Int64) {
        var film = Film()
        film.times = [[samples, 40]]
        (film.mediaDuration, film.movieDuration) = (samples * 40, samples * 40)
        film.runs = [[1, 1, 1]]
        let sizes = fourCC("stsz") + be32(0) + be32(0) + be32(samples)
        let chunks = fourCC("stco") + be32(0) + be32(samples)
        film.tables["stsz"] = be32(8 + 12 + 4 * samples) + sizes
        film.tables["stco"] = be32(8 + 8 + 4 * samples) + chunks
        // The tables' numbers are left out of the track as built, so that the sizes around them have to grow.
        var index = film.index
        let grown = 8 * samples
        for type in ["moov", "trak", "mdia", "minf", "stbl"] {
            guard let at = index.indices.first(where: { Array(index[$0...].prefix(4)) == fourCC(type) }) else {
                continue
            }
            let old = index[at - 4..<at].reduce(0) { $0 << 8 | Int($1) }
            index.replaceSubrange(at - 4..<at, with: be32(old + grown))
        }
        let afterSizes = (index.indices.first { Array(index[$0...].prefix(4)) == fourCC("stsz") } ?? 0) + 16
        let afterChunks = (index.indices.first { Array(index[$0...].prefix(4)) == fourCC("stco") } ?? 0) + 12
        let head = box("ftyp", fourCC("isom") + zeros(4))
        let media = Int64(samples) * Int64(size)
        let dataStart = head.count + index.count + grown + 16
        return (
            Sparse([
                .given(head), .given(Array(index[..<afterSizes])), .numbers(count: samples, first: size, step: 0),
                .given(Array(index[afterSizes..<afterChunks])),
                .numbers(count: samples, first: dataStart, step: size), .given(Array(index[afterChunks...])),
                .given(be32(1) + fourCC("mdat") + be64(Int(media) + 16)), .media(media - missing),
            ]), Int64(index.count + grown)
        )
    }

    @Test(arguments: [1000, 30_000, 200_000])
    func `of a gigabyte, the index and little more is read`(samples: Int) throws {
        var (source, index) = Self.film(samples: samples, size: (1 << 30) / samples)
        let facts = try HeaderReader.facts(of: &source, name: "large.mp4")
        #expect(facts.bytes > 1 << 29)
        #expect(facts.structureFaults == .known([]))
        #expect(facts.missingBytes == .known(0))
        #expect(facts.mainVideo?.frames == .known(samples))
        #expect(source.bytesRead < index + 128 << 10)
        // Whatever the index's size, this is the most that is held of it at once.
        #expect(source.largest <= 1 << 20)
    }

    @Test func `the first sample that is missing at the end of a gigabyte`() throws {
        var (source, _) = Self.film(samples: 30_000, size: 35_000, missing: 70_001)
        let facts = try HeaderReader.facts(of: &source, name: "large.mp4")
        let fault = try #require(facts.structureFaults.value?.first)
        #expect(fault.detail == "3 of 30000 samples lie past the file's end")
        #expect(fault.time == 29_997 * 0.04)
        #expect(facts.missingBytes == .known(70_001))
    }

    @Test func `four thousand million samples of one size cost nothing`() throws {
        var film = Film()
        film.tables["stsz"] = full("stsz", be32(1) + be32(0xFFFF_FFFF))
        film.times = [[0xFFFF_FFFF, 1]]
        film.runs = [[1, 0xFFFF_FFFF, 1]]
        film.chunks = [40]
        let faults = try #require(try film.facts().structureFaults.value)
        #expect(faults.contains { $0.detail.hasSuffix("of 4294967295 samples lie past the file's end") })
    }
}
