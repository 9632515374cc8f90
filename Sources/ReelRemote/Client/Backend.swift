public import ReelModel

/// A server that speaks the contract.
public struct Backend: Sendable, Hashable {
    public let address: WebAddress

    /// The service itself.
    public static let cloudAddress = "https://mega-api-prod.nemovideo.ai"

    /// `nil` where the text is no `http(s)` address.
    public init?(_ text: String) {
        let trimmed = text.hasSuffix("/") ? String(text.dropLast()) : text
        guard let address = WebAddress(trimmed) else { return nil }
        self.address = address
    }

    /// The service itself.
    public static func cloud() throws(Failure) -> Backend { try named("cloud") }

    /// `cloud`, or an address.
    public static func named(_ name: String) throws(Failure) -> Backend {
        guard let backend = Backend(name == "cloud" ? cloudAddress : name) else {
            throw Failure(
                .usage, subject: name, problem: "it is not the address of a backend",
                remedy: "Give cloud, local, or an address that begins with https://")
        }
        return backend
    }

    /// Scheme, host and port.
    public var origin: String { address.origin }

    /// A path below the base. `segments` are escaped.
    func path(_ segments: String...) -> WebAddress? {
        let base = address.text.hasSuffix("/") ? String(address.text.dropLast()) : address.text
        return WebAddress(base + segments.map { "/" + $0 }.joined())
    }
}

/// Who asks, as the backend counts it: three headers on every request. Without them an export is refused (402).
public struct Attribution: Sendable, Hashable {
    /// `X-Skill-Source`: the skill's name.
    public var source: String
    /// `X-Skill-Version`: of the skill.
    public var version: String
    /// `X-Skill-Platform`: `clawhub`, `cursor` or `unknown`.
    public var platform: String

    public init(source: String = "image-creator-online", version: String, platform: String = "unknown") {
        self.source = source
        self.version = version
        self.platform = platform
    }

    var headers: [(name: String, value: String)] {
        [("X-Skill-Source", source), ("X-Skill-Version", version), ("X-Skill-Platform", platform)]
    }
}
