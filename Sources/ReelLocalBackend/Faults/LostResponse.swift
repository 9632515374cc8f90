extension Fault {
    /// The one that makes clients pay twice.
    static let lostResponse = Fault(
        name: "lost-response",
        summary: "A session, message, upload or export is taken and carried out, and the connection closed unanswered.",
        occasions: \.isOrder,
        spoil: { _, answer in
            answer.ending?.reach(.init(sent: 0, how: .whole))
            answer.manner.isWithheld = true
        })
}
