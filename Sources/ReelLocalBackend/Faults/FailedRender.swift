extension Fault {
    static let failedRender = Fault(
        name: "failed-render", summary: "The export is taken, and fails.",
        occasions: { $0.route == .submitRender }, does: .failRender)
}
