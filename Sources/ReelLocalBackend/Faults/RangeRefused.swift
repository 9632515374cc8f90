extension Fault {
    static let rangeRefused = Fault(
        name: "range-refused", summary: "416 for a part of a film, whatever part it is.",
        occasions: { $0.isDownload && $0.asksForPart },
        instead: { _ in Answer(status: 416, headers: ["Content-Range": "bytes */0"], body: .bytes([])) })
}
