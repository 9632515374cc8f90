extension Fault {
    static let serverError = Fault(
        name: "server-error", summary: "5xx; nothing was done.",
        parameter: Parameter(meaning: "the HTTP status", standard: 503), occasions: { _ in true },
        refuse: { strike in
            let status = (500..<600).contains(strike.value) ? Int(strike.value) : 503
            return Refusal(status: status, detail: "local backend: a fault that was asked for")
        })
}
