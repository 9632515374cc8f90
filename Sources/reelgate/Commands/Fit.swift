import ArgumentParser
import Foundation
import ReelModel
import ReelPipeline
import ReelRules

struct Fit: ReelgateCommand {
    static let configuration = CommandConfiguration(
        commandName: "fit",
        abstract: "Make a copy that a destination takes, with the least loss; the original is never changed.",
        discussion: """
            -o names the copy, or, for several files, a folder. A film becomes the MP4 or MOV that its name says, where \
            its streams can be copied into one. Where the plan makes another type than the name says, the name gets \
            that type's extension, and that is told. For several destinations one copy is made that all of them take; \
            where two cannot be met at once that is said, and each of them gets a copy of its own, named for it.
            """)

    @OptionGroup var inputs: InputArguments
    @OptionGroup var destinations: ProfileOptions
    @OptionGroup var reshaping: ReshapeOptions
    @OptionGroup var report: ReportOptions

    @Option(name: .shortAndLong, help: ArgumentHelp("Where the copy goes: a file, or a folder.", valueName: "out"))
    var output: String?

    @Option(
        help: ArgumentHelp("The most bytes that the copy may have, as a plain number: 8000000 is 8 MB.", valueName: "n")
    )
    var maxBytes: Int64?

    @Option(help: ArgumentHelp("The most seconds that the copy may last.", valueName: "s"))
    var maxDuration: Double?

    @Option(help: "What to give up last: quality, resolution or speed.", transform: preference)
    var prefer = PlanOptions.Preference.quality

    @Option(
        help: ArgumentHelp(
            "Bytes are not spent on a better picture than this: x264's constant rate factor, 0 to 51, where lower is "
                + "better and \(Int(VideoTarget.transparent)) can hardly be told from the source.", valueName: "factor")
    )
    var ceiling = VideoTarget.transparent

    @Option(
        help: ArgumentHelp(
            "Which part is kept of what lasts too long: start, middle or end; or A-B, in seconds, of any length.",
            valueName: "part"), transform: part)
    var keep = PlanOptions.Keep.start

    @Flag(
        help:
            "The copy must not say where, by whom or with what device it was made; what can be is copied as it is coded."
    )
    var dropPrivate = false

    @Flag(help: "Only say what would be done.")
    var plan = false

    func validate() throws {
        if !plan, output == nil { throw ValidationError("Say where the copy goes (-o), or ask for the --plan only.") }
        if let maxBytes, maxBytes <= 0 { throw ValidationError("--max-bytes takes a positive number.") }
        if let maxDuration, !(maxDuration > 0 && maxDuration.isFinite) {
            throw ValidationError("--max-duration takes a positive number of seconds.")
        }
        if !(0...51).contains(ceiling) { throw ValidationError("--ceiling takes a number from 0 to 51.") }
    }

    func carryOut() async throws -> ExitStatus {
        let profiles = try destinations.required()
        let groups = JointProfile.groups(profiles)
        if groups.count > 1, case .contradiction(let first, let second, let limit, let why)? = JointProfile(profiles) {
            Terminal.shared.note(
                "reelgate: \(first) and \(second) cannot be met at once (\(limit): \(why)); a copy is made for each")
        }
        try report.prepare()
        let paths = try inputs.expanded()
        let media = Media.service()
        let examiner = Examiner(media: media)
        let fitting = Fitting(media: media)
        var files: [FileReport] = []
        for path in paths {
            for group in groups {
                try Task.checkCancellation()
                guard case .one(let joint)? = JointProfile(group) else { continue }
                var file = await examiner.examine(path, profiles: group)
                if let facts = file.facts {
                    do {
                        let place = Place(
                            isOnly: paths.count == 1,
                            suffix: groups.count > 1 ? group[0].name.replacing("@", with: "-") : nil)
                        try await fit(&file, facts, joint, for: group, fitting, place)
                    } catch let failure as Failure {
                        file.failure = failure
                    }
                }
                report.write(file)
                files.append(file)
            }
        }
        try report.write(Report(tool: await Media.tool(files, media), files: files), isBegun: true)
        return ExitStatus(files)
    }

    private func fit(
        _ file: inout FileReport, _ facts: Facts, _ profile: Profile, for group: [Profile], _ fitting: Fitting,
        _ place: Place
    ) async throws {
        var options = PlanOptions(
            maxBytes: maxBytes, maxDuration: maxDuration, prefer: prefer, ceiling: ceiling, keep: keep)
        options.container = output.flatMap {
            FileType.bearing(extension: ($0 as NSString).pathExtension.lowercased()).first
        }
        options.reframing = reshaping.reframing
        options.dropsPrivate = dropPrivate
        var plan = try Fitting.plan(facts, for: profile, options: options, path: file.path)
        options.gain = try await reshaping.gain(of: file.path, facts, plan, fitting.examiner)
        if options.gain != nil { plan = try Fitting.plan(facts, for: profile, options: options, path: file.path) }
        guard let output, !self.plan else {
            file.fit = FitReport(output: nil, plan: plan, bytes: nil, outcome: nil)
            return
        }
        let target = try target(for: file.path, plan, facts, output, place)
        let label = "Fitting \((file.path as NSString).lastPathComponent)"
        file.fit = try await fitting.carryOut(plan, from: file.path, to: target, profiles: group) {
            Terminal.shared.progress(label, $0)
        }
        // What is judged is what was made; the findings say what had to be mended.
        file.verdict = .pass
    }

    /// Which of several copies one is.
    private struct Place {
        /// The only input.
        var isOnly: Bool
        /// What its name gets where the input has several copies.
        var suffix: String?

        func named(_ path: String) -> String {
            guard let suffix else { return path }
            let ending = (path as NSString).pathExtension
            return (path as NSString).deletingPathExtension + "-\(suffix)" + (ending.isEmpty ? "" : "." + ending)
        }
    }

    private func target(
        for path: String, _ plan: Plan, _ facts: Facts, _ output: String, _ place: Place
    ) throws -> String {
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: output, isDirectory: &isFolder)
        if place.isOnly, !(exists && isFolder.boolValue), !output.hasSuffix("/") {
            let named = (output as NSString).pathExtension.lowercased()
            guard !plan.output.extensions.contains(named) else { return place.named(output) }
            let honest = (output as NSString).deletingPathExtension + "." + plan.output.id
            if !named.isEmpty {
                Terminal.shared.note(
                    "reelgate: the copy is a \(plan.output.name), so it is named \(honest), not \(output)")
            }
            return place.named(honest)
        }
        do {
            try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
        } catch {
            throw Failure(
                .usage, subject: output, problem: "the folder for the copies cannot be made",
                remedy: "Give another folder", cause: error.localizedDescription)
        }
        let name = (path as NSString).lastPathComponent
        let keeps = plan.output.extensions.contains(facts.fileExtension)
        let fitted = keeps ? name : (name as NSString).deletingPathExtension + "." + plan.output.id
        return (output as NSString).appendingPathComponent(place.named(fitted))
    }
}

private func part(_ text: String) throws -> PlanOptions.Keep {
    switch text {
    case "start": return .start
    case "middle": return .middle
    case "end": return .end
    default:
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Double($0) }
        guard ends.count == 2, let start = ends[0], let end = ends[1], start >= 0, end > start, end.isFinite else {
            throw ValidationError("\"\(text)\" is no part to keep; say start, middle, end, or two times like 12.5-20.")
        }
        return .span(TimeRange(start: start, end: end))
    }
}

private func preference(_ text: String) throws -> PlanOptions.Preference {
    guard let preference = PlanOptions.Preference(rawValue: text) else {
        throw ValidationError("There is no preference \"\(text)\"; choose quality, resolution or speed.")
    }
    return preference
}
