internal import FlyingFox
internal import Foundation
internal import ReelModel
internal import ReelWorker

extension Service {
    /// The other form of an upload: `{"urls": […], "source_type": "url"}`. The cloud fetches from anywhere; this
    /// backend only from the same machine, with the fetcher that it was given.
    func fetch(_ body: BodyReader, into intake: Intake) async throws -> [Intake.Arrival] {
        var fields = Fields(try await body.json(limit: choices.maxDocumentBytes))
        let source = fields.string("source_type")
        let addresses = fields.body["urls"]?.elements?.compactMap(\.text) ?? []
        if addresses.isEmpty { fields.complain("urls", message: "a list of addresses is required") }
        if source != "url", fields.problems.isEmpty {
            fields.complain("source_type", message: "the only source type is url", input: .string(source))
        }
        try fields.check()
        for address in addresses {
            guard let url = URLComponents(string: address), url.scheme?.lowercased() == "http",
                ["127.0.0.1", "localhost", "[::1]", "::1"].contains(url.host ?? "")
            else { throw Self.cannotFetch(address, "it fetches only http addresses of this machine") }
            guard let fetch = self.fetch else {
                throw Self.cannotFetch(address, "it was started without a fetcher; upload the file itself")
            }
            let name = url.path.split(separator: "/").last.map(String.init) ?? ""
            let arrival = try intake.begin(name: name)
            do {
                try await fetch(address, arrival.file, choices.maxUploadBytes)
            } catch {
                throw Self.cannotFetch(address, "\(error)")
            }
            guard let fetched = intake.end(), fetched.bytes <= choices.maxUploadBytes else {
                throw Refusal.tooLarge(choices.maxUploadBytes)
            }
        }
        return intake.arrivals
    }

    private static func cannotFetch(_ address: String, _ why: String) -> Refusal {
        Refusal.unprocessable("urls", message: "the local backend cannot fetch \(address): \(why)")
    }
}
