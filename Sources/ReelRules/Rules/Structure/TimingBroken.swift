internal import ReelModel

/// Its clock cannot be read.
enum TimingBroken: FaultRule {
    static let page = RulePage(
        id: "timing-broken", group: .structure, summary: "The file's clock, or a time that it gives, cannot be.",
        why: "A clock of zero ticks a second gives no picture a time. Some players assume another clock; a service "
            + "that converts the file divides by it.",
        fix: "Export the file again.", depth: .header,
        yieldsTo: ["empty-file", "truncated", "index-damaged"],
        examples: [
            Example("90 000 ticks a second", .passes, .alone(.example(.mp4))),
            Example(
                "a clock of zero ticks", .fires,
                .alone(
                    .example(.mp4).with(
                        StructureFault(.brokenTiming, stream: 0, "The track's clock has 0 ticks a second")))),
        ])

    static let kinds: Set<StructureFault.Kind> = [.brokenTiming]
    static func severity(in facts: Facts) -> Severity { .risk }
}
