import ReelModel
import Testing

@testable import ReelFormats

struct `Fragments of ISO BMFF` {
    /// An index without samples, and fragments of two pictures of 50 bytes each.
    struct Series {
        var starts = [0, 80, 160]
        var track = 1
        /// From a fragment's first byte to its samples; `nil` for right behind the header of its media data.
        var dataOffset: Int?
        var mediaSize = 100
        var segmentIndex: [UInt8] = []
        /// In place of the box that says that there are fragments.
        var inExtension: [UInt8] = []
        var behind: [UInt8] = []
        var dropped = 0

        static func fragment(_ time: Int, track: Int, dataOffset: Int) -> [UInt8] {
            box(
                "moof", full("mfhd", be32(1)),
                box(
                    "traf", full("tfhd", flags: 0x02_0018, be32(track) + be32(40) + be32(50)), full("tfdt", be32(time)),
                    full("trun", flags: 1, be32(2) + be32(dataOffset))))
        }

        var head: [UInt8] {
            var film = Film()
            (film.times, film.sizes, film.runs, film.chunks, film.mediaDuration) = ([], [], [], [], 0)
            film.inIndex = box("mvex", inExtension, full("trex", be32(1) + be32(1) + zeros(12)))
            return box("ftyp", fourCC("iso5") + zeros(4)) + film.index
        }

        var bytes: [UInt8] {
            let size = Series.fragment(0, track: 1, dataOffset: 0).count
            let fragments = starts.flatMap {
                Series.fragment($0, track: track, dataOffset: dataOffset ?? size + 8)
                    + box("mdat", .init(repeating: 7, count: mediaSize))
            }
            return Array((head + segmentIndex + fragments + behind).dropLast(dropped))
        }

        static let size = Series.fragment(0, track: 1, dataOffset: 0).count + 108

        func faults() throws -> [StructureFault] { try #require(try Film.facts(bytes).structureFaults.value) }
    }

    static func index(_ sizes: [Int]) -> [UInt8] {
        full(
            "sidx",
            be32(1) + be32(1000) + zeros(8) + be16(0) + be16(sizes.count)
                + sizes.flatMap { be32($0) + be32(80) + be32(0) })
    }

    @Test func `true fragments have no fault`() throws {
        var series = Series()
        #expect(try series.faults() == [])
        series.segmentIndex = Self.index([Series.size, Series.size, Series.size])
        let facts = try Film.facts(series.bytes)
        #expect(facts.structureFaults == .known([]))
        #expect(facts.missingBytes == .known(0))
        #expect(facts.fragmented == .known(true))
        #expect(facts.mainVideo?.frames == .known(6))
        #expect(facts.duration == .known(0.24))
    }

    @Test func `samples past the end`() throws {
        var series = Series()
        series.dropped = 60
        let fault = try #require(try series.faults().first)
        #expect(fault.kind == .samplesOutsideFile)
        #expect(fault.detail == "2 of 6 samples lie past the file's end")
        #expect(fault.time == 0.16)
        #expect(fault.offset == Int64(Series().bytes.count - 100))
        #expect(try Film.facts(series.bytes).missingBytes == .known(60))
    }

    @Test func `samples in the fragment's own box`() throws {
        var series = Series()
        series.dataOffset = 20
        #expect(try series.faults().first?.detail == "a fragment (moof) places samples inside itself")
    }

    @Test func `samples that are not in the media data`() throws {
        var series = Series()
        series.mediaSize = 60
        #expect(try series.faults().first?.detail.contains("do not lie in the media data") == true)
    }

    @Test func `fragments that overlap in time`() throws {
        var series = Series()
        series.starts = [0, 80, 40]
        #expect(try series.faults().map(\.kind) == [.brokenTiming])
    }

    @Test func `a track that the index does not have`() throws {
        var series = Series()
        series.track = 9
        #expect(
            try series.faults().map(\.detail) == ["fragments hold samples of track 9, which the index does not have"])
    }

    @Test func `a segment index that leads elsewhere`() throws {
        var series = Series()
        series.segmentIndex = Self.index([Series.size, Series.size - 4, Series.size])
        #expect(try series.faults().map(\.detail) == ["1 of 3 entries of the segment index (sidx) lead to no box"])
    }

    @Test func `a segment that is not there any more`() throws {
        var series = Series()
        series.segmentIndex = Self.index([Series.size, Series.size, Series.size, 1000])
        #expect(try Film.facts(series.bytes).missingBytes == .known(1000))
    }

    // MARK: Where they end

    /// Where the fragments begin, as `mfra` lists them (ISO/IEC 14496-12, 8.8.10).
    static func list(_ starts: [Int]) -> [UInt8] {
        box(
            "mfra",
            full(
                "tfra",
                be32(1) + be32(0) + be32(starts.count) + starts.flatMap { be32(0) + be32($0) + [1, 1, 1] }),
            full("mfro", be32(0)))
    }

    static func starts(_ series: Series) -> [Int] { (0..<3).map { series.head.count + $0 * Series.size } }

    @Test func `whether more followed is not known where nothing says which is the last`() throws {
        var series = Series()
        let why = try #require(try Film.facts(series.bytes).missingBytes.reason)
        #expect(why.contains("do not say which is the last"))
        series.behind = Self.list(Self.starts(series))
        #expect(try Film.facts(series.bytes).missingBytes == .known(0))
        #expect(try series.faults() == [])
        series.behind = []
        series.inExtension = full("mehd", be32(240))
        #expect(try Film.facts(series.bytes).missingBytes == .known(0))
        #expect(try series.faults() == [])
    }

    @Test func `an index of its own before each fragment says nothing of the last`() throws {
        let parts = [0, 80, 160].flatMap { time in
            let fragment = Series.fragment(
                time, track: 1, dataOffset: Series.fragment(0, track: 1, dataOffset: 0).count + 8)
            return Self.index([Series.size]) + fragment + box("mdat", .init(repeating: 7, count: 100))
        }
        let facts = try Film.facts(Series().head + parts)
        #expect(facts.structureFaults == .known([]))
        #expect(facts.missingBytes.value == nil)
    }

    @Test func `an index of its own before each segment of two fragments says nothing of the last`() throws {
        let segments = [[0, 80], [160, 240]].flatMap { times in
            Self.index([Series.size, Series.size])
                + times.flatMap { time in
                    Series.fragment(time, track: 1, dataOffset: Series.fragment(0, track: 1, dataOffset: 0).count + 8)
                        + box("mdat", .init(repeating: 7, count: 100))
                }
        }
        let facts = try Film.facts(Series().head + segments)
        #expect(facts.structureFaults == .known([]))
        #expect(facts.missingBytes.value == nil)
    }

    @Test func `eight seconds that lack at the end of many are told as well`() throws {
        var series = Series()
        series.starts = [0, 80, 892_000]
        series.inExtension = full("mehd", be32(900_000))
        #expect(try series.faults().map(\.kind) == [.samplesOutsideFile])
    }

    @Test func `fragments that end before the length that the index states`() throws {
        var series = Series()
        series.inExtension = full("mehd", be32(2000))
        let fault = try #require(try series.faults().first)
        #expect(fault.kind == .samplesOutsideFile)
        #expect(fault.detail == "the index states 2.0 s with all fragments (mehd), and they end at 0.24 s")
        #expect(fault.time == 0.24)
        series.inExtension = full("mehd", version: 1, be64(600))
        #expect(try series.faults() == [])
    }

    @Test func `an index of fragments that leads to none`() throws {
        var series = Series()
        series.behind = Self.list(Self.starts(series).map { $0 + 4 })
        let fault = try #require(try series.faults().first)
        #expect(fault.kind == .impossibleSize)
        #expect(fault.detail.hasPrefix("3 of 3 entries of the index of fragments (mfra) lead to none"))
    }

    @Test func `fragments without an index`() throws {
        let bytes = Array(Series().bytes.dropFirst(Series().head.count))
        let facts = try Film.facts(box("styp", fourCC("msdh") + zeros(4)) + bytes)
        #expect(facts.structureFaults.value?.map(\.detail) == ["the index (moov) is missing"])
        #expect(facts.duration.value == nil)
    }

    /// Two tracks in one fragment, the second without a word on where its samples are: behind those of the first
    /// (ISO/IEC 14496-12, 8.8.7).
    @Test(arguments: [false, true])
    func `places that follow from the track before`(inTwoBoxes: Bool) throws {
        var film = Film()
        (film.times, film.sizes, film.runs, film.chunks, film.mediaDuration) = ([], [], [], [], 0)
        var second = film
        second.id = 2
        film.inIndex = second.track + box("mvex")
        func track(_ id: Int, _ run: [UInt8]) -> [UInt8] {
            box("traf", full("tfhd", flags: 0x18, be32(id) + be32(40) + be32(50)), full("tfdt", be32(0)), run)
        }
        func fragment(_ offset: Int) -> [UInt8] {
            box(
                "moof", full("mfhd", be32(1)), track(1, full("trun", flags: 1, be32(2) + be32(offset))),
                track(2, full("trun", be32(2))))
        }
        let media = [UInt8](repeating: 7, count: 100)
        let data =
            inTwoBoxes
            ? box("mdat", media) + box("mdat", .init(repeating: 7, count: 92)) : box("mdat", media + media)
        let bytes = box("ftyp", fourCC("iso5") + zeros(4)) + film.index + fragment(fragment(0).count + 8) + data
        let facts = try Film.facts(bytes)
        #expect(facts.structureFaults == .known([]))
        #expect(facts.video.value?.map(\.frames) == [.known(2), .known(2)])
        let cut = try Film.facts(Array(bytes.dropLast(10)))
        #expect(cut.structureFaults.value?.map(\.detail) == ["1 of 2 samples lie past the file's end"])
        #expect(cut.structureFaults.value?.first?.stream == 1)
    }
}
