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
}
