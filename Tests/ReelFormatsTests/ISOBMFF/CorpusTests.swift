import Foundation
import ReelModel
import ReelTestSupport
import Testing

@testable import ReelFormats

/// Films of strangers: the broken ones have faults, the others none.
struct `ISO BMFF in the corpus` {
    /// What is wrong with them, as the first words of a fault.
    static let faulty: [String: [StructureFault.Kind]] = [
        "mp4parse__tests__invalid_userdata.mp4": [.samplesOutsideFile, .samplesOutsideFile],
        "mp4parse__tests__test_case_1185230.mp4": [
            .secondIndex, .brokenIndex, .samplesOutsideFile, .brokenIndex, .samplesOutsideFile,
        ],
        // Their media was left off.
        "mp4parse_capi__tests__bipbop_nonfragment_header.mp4": [.samplesOutsideFile, .samplesOutsideFile],
        "testdata__sample_qt.mp4": [.samplesOutsideFile, .brokenIndex, .samplesOutsideFile],
        "mp4parse_capi__tests__chunk_out_of_range.mp4": [.brokenIndex, .brokenIndex],
        "mp4parse_capi__tests__no_timescale.mp4": [.brokenIndex],
        // A second description was put in, and the fragments' absolute places were left as they were.
        "mp4parse_capi__tests__opus_audioinit_two_desc.mp4": [.brokenIndex, .brokenIndex],
        "mp4parse_capi__tests__zero_empty_stsc.mp4": [
            .brokenIndex, .samplesOutsideFile, .brokenIndex, .samplesOutsideFile,
        ],
    ]

    @Test func `the broken have faults, the others have none`() throws {
        guard let folder = Places.shared("corpus/mp4") else { try Test.cancel("the shared corpus is not here") }
        var met: Set<String> = []
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            let name = file.lastPathComponent
            var source = MemorySource(Array(try Data(contentsOf: file)))
            let facts = try HeaderReader.facts(of: &source, name: name)
            guard facts.type.value?.kind == .video || facts.type.value?.kind == .audio else { continue }
            #expect(facts.structureFaults.value?.map(\.kind) == Self.faulty[name, default: []], "\(name)")
            met.insert(name)
        }
        #expect(Set(Self.faulty.keys).isSubset(of: met))
    }

    @Test(arguments: Fixture.all.filter { ["mp4", "mov", "m4a", "m4v", "3gp"].contains($0.url.pathExtension) })
    func `fixtures`(fixture: Fixture) throws {
        let facts = try fixture.facts()
        guard facts.fragmented.value != nil else { return }
        let isCut = fixture.name.contains("truncated")
        #expect(facts.structureFaults.value?.isEmpty == !isCut)
    }

    // MARK: Judges

    /// Where another says otherwise of one of them, and who is right.
    static let differing: [String: String] = [
        "ffprobe examples__mpeg_aac_decoder__audio_aac.m4a duration": iTunes,
        "mediainfo examples__mpeg_aac_decoder__audio_aac.m4a duration": iTunes,
        "mediainfo examples__mpeg_aac_decoder__audio_aac.m4a 0.duration": iTunes,
    ]
    private static let iTunes =
        "A comment of iTunes says how much of the sound is filling; there is no edit list, so most players play all of it."
    /// FFmpeg 5.1 opens none of these: it has no decoder for xHE-AAC.
    private static let refused: Set<String> = [
        "mp4parse__tests__sine-3s-xhe-aac-44khz-mono.mp4", "mp4parse_capi__tests__sine-3s-xhe-aac-44khz-mono.mp4",
    ]

    private static func films() throws -> [Fixture] {
        guard let folder = Places.shared("corpus/mp4") else { try Test.cancel("the shared corpus is not here") }
        return try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)).sorted()
            .map { Fixture(name: $0, folder: folder) }
            .filter { fixture in
                // What contradicts itself is read by everyone in his own way.
                let facts = try fixture.facts()
                return facts.image == nil && facts.structureFaults == .known([]) && !facts.streamsAreEmpty
            }
    }

    private func compare(_ fixture: Fixture, with theirs: Claims, by judge: String) throws -> Int {
        let ours = Claims(try fixture.facts())
        for difference in ours.disagreements(with: theirs) {
            // Over some milliseconds it is all in how the last frame is counted.
            if difference.field == "bitRate", ours.numbers["duration"].map({ $0.value < 0.5 }) ?? true { continue }
            let key = "\(judge) \(fixture.name) \(difference.field)"
            if Self.differing[key] == nil { Issue.record("\(key): \(difference.words)") }
        }
        return ours.shared(with: theirs)
    }

    @Test func `ffprobe agrees`() throws {
        let films = try Self.films().filter { !Self.refused.contains($0.name) }
        let compared = try films.reduce(0) { try $0 + compare($1, with: Judges.ffprobe($1), by: "ffprobe") }
        #expect(compared > 200)
    }

    @Test func `mediainfo agrees`() throws {
        let films = try Self.films()
        let told = try Judges.mediainfo(films)
        let compared = try films.reduce(0) { sum, film in
            try sum + (told[film.name].map { try compare(film, with: $0, by: "mediainfo") } ?? 0)
        }
        #expect(compared > 200)
    }
}

extension Facts {
    /// Nothing to be asked about.
    fileprivate var streamsAreEmpty: Bool { (video.value ?? []).isEmpty && (audio.value ?? []).isEmpty }
}
