import Foundation
import ReelFormats
import ReelModel
import ReelRules
import Testing

/// What gate 1 passes, a service accepts: held against a gate that shares nothing with it, over generated files.
struct GuaranteeTests {
    /// `REELGATE_GUARANTEE_FILES` asks for more of them.
    static let count = ProcessInfo.processInfo.environment["REELGATE_GUARANTEE_FILES"].flatMap(Int.init) ?? 20_000

    struct Tally {
        var files = 0, good = 0, passed = 0, taken = 0
        /// Passed by gate 1, refused by the strict one.
        var leaks: [String] = []
        /// Good, and not passed.
        var blocked: [String] = []
        /// Refused without saying what mends it.
        var bare: [String] = []
        /// A refusal for type or size without the code that the service will give.
        var uncoded: [String] = []

        mutating func add(_ other: Tally) {
            files += other.files
            good += other.good
            passed += other.passed
            taken += other.taken
            leaks += other.leaks
            blocked += other.blocked
            bare += other.bare
            uncoded += other.uncoded
        }
    }

    @Test func `nothing that passed is refused, no good file is blocked, each refusal says what mends it`()
        async throws
    {
        let profile = try ProfileCatalog.profile("nemo-upload")
        let portion = Self.count / Self.portions
        let tally = try await withThrowingTaskGroup(of: Tally.self) { group in
            for number in 0..<Self.portions {
                group.addTask { @concurrent in try Self.judge(portion, seed: UInt64(4001 + number), profile) }
            }
            return try await group.reduce(into: Tally()) { $0.add($1) }
        }
        #expect(tally.files >= Self.count / Self.portions * Self.portions)
        for (name, list) in [
            ("leaks", tally.leaks), ("blocked", tally.blocked), ("bare", tally.bare), ("uncoded", tally.uncoded),
        ] {
            #expect(list.isEmpty, "\(list.count) \(name):\n\(list.prefix(20).joined(separator: "\n"))")
        }
        // The files are of all sorts: a test over refusals alone would prove nothing.
        #expect(tally.good > tally.files / 20 && tally.passed > tally.files / 10 && tally.taken < tally.files / 2)
    }

    /// Each its own numbers, so that they can be judged side by side.
    private static let portions = 8

    private static func judge(_ count: Int, seed: UInt64, _ profile: Profile) throws -> Tally {
        var random = SeededRandom(seed: seed)
        var tally = Tally()
        for _ in 0..<count { try judge(&random, profile, &tally) }
        return tally
    }

    private static func judge(_ random: inout SeededRandom, _ profile: Profile, _ tally: inout Tally) throws {
        let file = Generator.file(&random)
        let isGood = file.isWhole && Generator.isHonest(file) && file.length <= 199_997_952
        var source = file
        let facts = try HeaderReader.facts(of: &source, name: file.name)
        let (findings, notEvaluated) = Engine.judge(facts, profiles: [profile])
        let verdict = Verdict(findings: findings, notEvaluated: notEvaluated, strict: false)
        let answer = StrictGate.answer(name: file.name, length: file.length) { file.bytes(at: $0, count: $1) }

        tally.files += 1
        let said =
            "\(file.name) (\(file.story)): \(findings.filter { $0.severity == .reject }.map(\.rule)) "
            + "\(notEvaluated.map { "\($0.rule): \($0.why)" }) \(answer)"
        if verdict == .pass { tally.passed += 1 }
        if answer == .taken { tally.taken += 1 }
        if isGood { tally.good += 1 }
        if verdict == .pass, answer != .taken { tally.leaks.append(said) }
        if isGood, verdict != .pass { tally.blocked.append(said) }
        if findings.contains(where: { $0.severity == .reject && $0.fix.words.count < 10 }) { tally.bare.append(said) }
        let coded = ["type-not-accepted": "4001", "extension-mismatch": "4001", "file-too-large": "4002"]
        if findings.contains(where: { $0.code != coded[$0.rule] && coded[$0.rule] != nil }) {
            tally.uncoded.append(said)
        }
    }
}

/// Draws files: type × name × letter case × size × damage.
enum Generator {
    private static let endings = [
        "mp4", "mov", "avi", "webm", "mkv", "jpg", "jpeg", "png", "gif", "webp", "mp3", "wav", "m4a", "aac",
    ]
    private static let otherEndings = [
        "", "heic", "jfif", "m4v", "txt", "mp4.zip", "zip", "MP", "mp44", "mp4 ", "m\u{212A}v", "jpg\u{0}", "3gp",
        "apng",
    ]
    private static let stems = [
        "clip", "Ferien in Österreich", "a.b.c", "quote\"and\\", ".hidden", "动画", "IMG_0001", "", "-rf",
        String(repeating: "long", count: 60),
    ]

    static func file(_ random: inout SeededRandom) -> GeneratedFile {
        let seed = random.element(of: SeedFile.all)
        var file = GeneratedFile(seed, name: name(for: seed, &random))
        if random.below(5) > 1 {
            file.damage(
                random.element(of: GeneratedFile.Damage.allCases), &random, another: random.element(of: SeedFile.all))
        }
        // Readers search long runs of zeros for what was damaged; a few such files are enough.
        if random.below(file.isWhole ? 4 : 60) == 0 {
            // Around what fits into the request, around the limit itself, and past both.
            let middle: Int64 = random.element(of: [199_997_952, 200_000_000, 199_999_700])
            let target = max(middle + Int64(random.below(800)) - 400, 0)
            if random.below(3) == 0 { file.pad(to: target) } else { file.grow(to: target / 2 * 2) }
        }
        return file
    }

    /// Whether the name says what is in it, in one of the ways that the service's list has.
    static func isHonest(_ file: GeneratedFile) -> Bool {
        let ending = StrictGate.ending(of: file.name)
        return endings.contains(ending) && file.seed.type.extensions.contains(ending)
    }

    private static func name(for seed: SeedFile, _ random: inout SeededRandom) -> String {
        let ending: String
        switch random.below(10) {
        case 0..<6: ending = seed.type.id
        case 6, 7: ending = random.element(of: endings)
        case _: ending = random.element(of: otherEndings)
        }
        let cased: String
        switch random.below(4) {
        case 0: cased = ending.uppercased()
        case 1: cased = ending.prefix(1).uppercased() + ending.dropFirst()
        case _: cased = ending
        }
        let stem = random.element(of: stems)
        return cased.isEmpty ? stem : stem + "." + cased
    }
}
