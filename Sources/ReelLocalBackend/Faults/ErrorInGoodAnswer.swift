internal import ReelModel

extension Fault {
    static let errorInGoodAnswer = Fault(
        name: "error-in-200", summary: "200, with an error in the body; nothing was done.",
        parameter: Parameter(meaning: "the code in the body", standard: 500), occasions: { !$0.isDownload },
        instead: { strike in
            .json([
                "code": JSON(Int(strike.value)), "message": "local backend: a fault that was asked for", "data": nil,
            ])
        })
}
