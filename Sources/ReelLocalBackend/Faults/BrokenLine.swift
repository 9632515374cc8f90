extension Fault {
    /// Some versions of the agent's server paste text unescaped.
    static let brokenLine = Fault(
        name: "broken-line", summary: "A line that is not JSON comes in the middle of the stream.",
        occasions: \.isMessage,
        spoil: { strike, answer in
            guard case .stream(var lines) = answer.body, !lines.isEmpty else { return }
            let place = Int(strike.chance * Double(lines.count))
            lines.insert(StreamLine(text: "data: {\"content\": {\"parts\": [\n\n", kind: .event), at: place)
            answer.body = .stream(lines)
        })
}
