internal import ReelModel

extension Fault {
    static let gatewayTimeout = Fault(
        name: "gateway-timeout",
        summary: "A session, message, upload or export is carried out, and something in between answers 504.",
        occasions: \.isOrder,
        spoil: { _, answer in
            answer.ending?.reach(.init(sent: 0, how: .whole))
            answer = .json(["detail": "local backend: the gateway did not wait for the answer"], status: 504)
        })
}
