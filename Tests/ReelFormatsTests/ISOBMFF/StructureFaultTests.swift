import ReelModel
import Testing

@testable import ReelFormats

/// An index that contradicts itself or the file.
struct `Structure of ISO BMFF` {
    @Test func `a true film has no fault`() throws {
        let facts = try Film().facts()
        #expect(facts.structureFaults == .known([]))
        #expect(facts.missingBytes == .known(0))
        #expect(facts.duration == .known(0.4))
        #expect(facts.mainVideo?.frames == .known(10))
        #expect(facts.metadata == .known([]))
        #expect(facts.encrypted == .known(false))
    }

    struct Damage: CustomTestStringConvertible {
        let testDescription: String
        let kind: StructureFault.Kind
        /// What the fault says, or part of it.
        let words: String
        let film: Film

        init(
            _ name: String, _ kind: StructureFault.Kind, _ words: String, _ change: (inout Film) -> Void
        ) {
            testDescription = name
            self.kind = kind
            self.words = words
            var film = Film()
            change(&film)
            self.film = film
        }
    }

    static let damages = [
        Damage("a size more than there are times", .brokenTiming, "11 samples have a size (stsz) and 10 a time") {
            $0.sizes.append(0)
            $0.runs = [[1, 2, 1], [5, 3, 1]]
        },
        Damage("no times", .brokenIndex, "10 samples have a size (stsz) and 0 a time") { $0.times = [] },
        Damage("no runs of chunks", .brokenIndex, "10 of 10 samples have no place") { $0.runs = [] },
        Damage("no chunks", .brokenIndex, "10 of 10 samples have no place") { $0.chunks = [] },
        Damage("no sizes", .brokenIndex, "0 samples have a size (stsz) and 10 a time") { $0.sizes = [] },
        Damage("a chunk too few", .brokenIndex, "2 of 10 samples have no place") { $0.chunks.removeLast() },
        Damage("a chunk too many", .impossibleSize, "1 of 6 chunks (stco) are left over") { $0.chunks.append(40) },
        Damage("runs out of order", .brokenIndex, "out of order") { $0.runs = [[1, 2, 1], [1, 2, 1]] },
        Damage("runs that begin late", .brokenIndex, "begin with chunk 2") { $0.runs = [[2, 2, 1]] },
        Damage("a run of nothing", .brokenIndex, "holds no samples") { $0.runs = [[1, 0, 1]] },
        Damage("a description that is not there", .brokenIndex, "description 3 of 1") { $0.runs = [[1, 2, 3]] },
        Damage("sizes that say more than they hold", .brokenIndex, "says 99 samples and has room for 10") {
            $0.tables["stsz"] = full("stsz", be32(0) + be32(99) + $0.sizes.flatMap(be32))
        },
        Damage("times that say more than they hold", .brokenIndex, "says 7 entries and has room for 1") {
            $0.tables["stts"] = table("stts", count: 7, [[10, 40]])
        },
        Damage("all samples empty", .brokenIndex, "all 10 samples are empty") {
            $0.sizes = .init(repeating: 0, count: 10)
        },
        Damage("chunks in the index", .brokenIndex, "1 of 5 chunks of samples lie outside the media data") {
            $0.chunks[4] = 1100
        },
        Damage("chunks at nothing", .brokenIndex, "5 of 5 chunks of samples lie outside the media data") {
            $0.chunks = .init(repeating: 0, count: 5)
        },
        Damage("chunks that overlap", .impossibleSize, "1 of 5 chunks of samples overlap") { $0.chunks[3] -= 100 },
        Damage("more offsets of showing than samples", .brokenTiming, "11 samples have an offset") {
            $0.further = table("ctts", [[11, 0]])
        },
        Damage("key frames that are none", .brokenTiming, "2 key frames (stss) are none of the track's 10") {
            $0.further = table("stss", [[0], [1], [11]])
        },
        Damage("key frames out of order", .brokenTiming, "1 key frames (stss) are out of order") {
            $0.further = table("stss", [[1], [5], [3]])
        },
        Damage("a table twice", .secondIndex, "two tables of the kind stts") {
            $0.further = table("stts", [[10, 40]])
        },
        Damage("no sample table", .brokenIndex, "no sample description") {
            $0.tables["stsd"] = []
            $0.runs = [[1, 2, 0]]
        },
        Damage("a clock of zero", .brokenTiming, "the track's clock has zero ticks") { $0.timescale = 0 },
        Damage("a movie's clock of zero", .brokenTiming, "the movie's clock has zero ticks") { $0.movieTimescale = 0 },
        Damage("samples that last no time", .brokenTiming, "10 samples last no time") { $0.times = [[10, 0]] },
        Damage("time that runs backwards", .brokenTiming, "go backwards") { $0.times = [[9, 40], [1, 0xFFFF_FFD8]] },
        Damage(
            "a stated length that is another", .brokenTiming, "states 0.4 s (mvhd), and the longest track lasts 4.0 s"
        ) {
            ($0.times, $0.mediaDuration) = ([[10, 400]], 4000)
        },
        Damage("an edit behind the end", .brokenTiming, "an edit begins at tick 500 of media that has 400") {
            $0.edits = box("edts", table("elst", [[100, 500, 0x10000]]))
        },
        Damage("a second index", .secondIndex, "a second index (moov)") { $0.behind = $0.index },
        Damage("a second track of that number", .secondIndex, "a second track has the number 1") {
            $0.inIndex = $0.track
        },
        Damage("bytes behind the end", .strayBytes, "60 bytes after the last box") {
            $0.behind = be32(0x0102_0304) + be32(0x0506_0708) + .init(repeating: 9, count: 52)
        },
        Damage("zeros behind the end", .strayBytes, "60 zero bytes after the last box") { $0.behind = zeros(60) },
        Damage("a size of 5", .impossibleSize, "the box free states an impossible size") {
            $0.behind = be32(5) + fourCC("free")
        },
        Damage("a box longer than the one around it", .impossibleSize, "is longer than moov") {
            $0.inIndex = be32(100) + fourCC("free") + zeros(40)
        },
        Damage("a box inside that states no size", .impossibleSize, "inside moov states no size") {
            $0.inIndex = be32(0) + fourCC("free")
        },
        Damage("zeros in the index", .brokenIndex, "moov holds 80 zero bytes") { $0.inIndex = zeros(80) },
        Damage("media in another file", .samplesOutsideFile, "10 samples are in another file") {
            $0.reference = full("url ", Array("file:///other.mov".utf8) + [0])
            $0.chunks[4] = 1_000_000
        },
        Damage("no samples where time is promised", .brokenIndex, "lasts 0.4 s and has no samples") {
            ($0.times, $0.sizes, $0.runs, $0.chunks) = ([], [], [], [])
        },
        Damage("no configuration", .brokenFraming, "the decoder's configuration (avcC) is missing") {
            $0.entry = "avc1"
        },
        Damage("a broken configuration", .brokenFraming, "the decoder's configuration (hvcC) cannot be read") {
            $0.entry = "hvc1"
            $0.entryParts = box("hvcC", zeros(30))
        },
    ]

    @Test(arguments: damages)
    func `a damage is named`(damage: Damage) throws {
        let faults = try #require(try damage.film.facts().structureFaults.value)
        #expect(faults.contains { $0.kind == damage.kind && $0.detail.contains(damage.words) }, "\(faults)")
    }

    struct Custom: CustomTestStringConvertible {
        let testDescription: String
        let film: Film

        init(_ name: String, _ change: (inout Film) -> Void) {
            testDescription = name
            var film = Film()
            change(&film)
            self.film = film
        }
    }

    /// Unusual, and all the same true.
    static let customs = [
        Custom("an empty sample among others") { $0.sizes[9] = 0 },
        Custom("samples of one size") { $0.tables["stsz"] = full("stsz", be32(100) + be32(10)) },
        Custom("sizes of a byte") {
            $0.tables["stsz"] = full("stz2", be32(8) + be32(10) + [UInt8](repeating: 100, count: 10))
        },
        Custom("offsets of eight bytes") {
            $0.tables["stco"] = full("co64", be32(5) + $0.chunks.flatMap(be64))
        },
        Custom("media in a box that is called free") {
            $0.media = []; $0.before = box("free", $0.media); $0 = Film()
        },
        Custom("a reference without a name") { $0.reference = full("url ") },
        Custom("a reference to another file, and media that is here") {
            $0.reference = full("url ", Array("file:///other.mov".utf8) + [0])
        },
        Custom("an old reference to itself") { $0.reference = full("alis", flags: 1) },
        Custom("a few zeros behind the end") { $0.behind = zeros(5) },
        Custom("an open box at the end") { $0.behind = be32(0) + fourCC("free") + zeros(20) },
        Custom("a box of a type that nobody knows") { $0.behind = box("zzzz", zeros(20)) },
        Custom("an empty edit and a cut") {
            $0.edits = box("edts", table("elst", [[100, 0xFFFF_FFFF, 0x10000], [300, 100, 0x10000]]))
        },
        Custom("chunks in another order") { $0.chunks.swapAt(0, 3) },
        Custom("fewer offsets of showing than samples") { $0.further = table("ctts", [[3, 0]]) },
        Custom("user data that ends in four zeros") { $0.inIndex = box("udta", zeros(4)) },
        Custom("a size in eight bytes") { $0.behind = be32(1) + fourCC("free") + be64(30) + zeros(14) },
        Custom("no samples and no time") {
            ($0.times, $0.sizes, $0.runs, $0.chunks, $0.mediaDuration) = ([], [], [], [], 0)
        },
    ]

    @Test(arguments: customs)
    func `what is unusual is no fault`(custom: Custom) throws {
        #expect(try custom.film.facts().structureFaults == .known([]))
    }

    @Test func `samples past the end are counted, placed and timed`() throws {
        var film = Film()
        film.chunks[3] = 1_000_000
        film.edits = box("edts", table("elst", [[1000, 0xFFFF_FFFF, 0x10000], [400, 0, 0x10000]]))
        let facts = try film.facts()
        let fault = StructureFault(
            .samplesOutsideFile, offset: 1_000_000, stream: 0, time: 1.24, "2 of 10 samples lie past the file's end")
        #expect(facts.structureFaults == .known([fault]))
        #expect(facts.missingBytes == .known(1_000_200 - facts.bytes))
    }

    @Test func `a sample of which a part is missing counts`() throws {
        let whole = Film().bytes
        // The index first, so that a cut takes media only.
        var film = Film()
        film.media = []
        let index = film.index.count
        film.chunks = film.chunks.map { $0 + index }
        let bytes = Array(whole[..<32]) + film.index + box("mdat", .init(repeating: 1, count: 1000))
        #expect(try Film.facts(bytes).structureFaults == .known([]))
        let faults = try Film.facts(Array(bytes.dropLast(150))).structureFaults.value
        #expect(faults?.map(\.detail) == ["2 of 10 samples lie past the file's end"])
        #expect(faults?.first?.offset == Int64(40 + index + 800))
        #expect(faults?.first?.time == 0.32)
    }

    @Test func `what the tables dispute is unknown`() throws {
        var film = Film()
        film.times = [[5, 40]]
        let video = try #require(try film.facts().mainVideo)
        #expect(video.frames.value == nil)
        #expect(video.frameRate.value == nil)
        #expect(video.duration.value == nil)
    }

    @Test func `without a clock there is no duration`() throws {
        var film = Film()
        film.timescale = 0
        #expect(try film.facts().duration == .unknown("no track has a length"))
        #expect(try film.facts().mainVideo?.duration == .unknown("the track's clock has zero ticks a second"))
    }

    @Test func `keys without a lock`() throws {
        var film = Film()
        film.inIndex = full("pssh", zeros(20))
        #expect(try film.facts().encrypted.value == nil)
        film.tables["stsd"] = full("stsd", be32(2) + film.sampleEntry + box("encv", zeros(78)))
        #expect(try film.facts().encrypted == .known(true))
    }

    @Test func `media in a box that is called free`() throws {
        var bytes = Film().bytes
        bytes.replaceSubrange(36..<40, with: fourCC("free"))
        #expect(try Film.facts(bytes).structureFaults == .known([]))
    }

    @Test func `an index that is compressed is not read`() throws {
        let film = Film()
        let bytes = Array(film.bytes.dropLast(film.index.count)) + box("moov", box("cmov", zeros(40)))
        #expect(try Film.facts(bytes).video == .unknown("the index is compressed"))
    }

    @Test func `not more faults than facts list`() throws {
        var film = Film()
        film.inIndex = (0..<300).flatMap { _ in box("trak") }
        #expect(try film.facts().structureFaults.value?.count == StructureFault.limit)
    }
}
