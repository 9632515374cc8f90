extension Fault {
    static let reset = Fault(
        name: "reset", summary: "The connection is reset before anything is done.",
        occasions: { _ in true },
        instead: { _ in
            var answer = Answer(body: .bytes([]))
            answer.manner.isWithheld = true
            answer.manner.resets = true
            return answer
        })
}
