import Foundation
import ReelModel
import ReelPipeline
import ReelRemote
import Yams

/// What the flags leave open: the environment, then the user's configuration file, then the defaults.
struct Settings: Sendable {
    var stateFolder: String
    var token: String?
    var clientID: String?
    var backend: String
    var webURL: String
    var pollInterval: Double
    var attribution: Attribution
    var language: String?
    /// A file of certificates to trust instead of the system's, where the variables that curl users set name one.
    var trustFile: String?

    private struct File: Decodable {
        var backend: String?
        var client_id: String?
        var web_url: String?
        var poll_interval: Double?
        var skill_source: String?
        var skill_file: String?
        var language: String?
        var state_dir: String?
        static let keys: Set<String> = [
            "backend", "client_id", "web_url", "poll_interval", "skill_source", "skill_file", "language", "state_dir",
        ]
    }

    static func load(_ environment: [String: String] = ProcessInfo.processInfo.environment) throws -> Settings {
        let file = try readFile(environment)
        func said(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        let home = said("HOME") ?? NSHomeDirectory()
        let state = said("XDG_STATE_HOME") ?? home + "/.local/state"
        var interval = file.poll_interval ?? 30
        if let text = said("REELGATE_POLL_INTERVAL") {
            guard let seconds = Double(text), seconds > 0, seconds.isFinite else {
                throw Failure(
                    .usage, subject: "REELGATE_POLL_INTERVAL", problem: "\"\(text)\" is not a number of seconds",
                    remedy: "Give a positive number, such as 30 or 0.5")
            }
            interval = seconds
        }
        return Settings(
            stateFolder: said("REELGATE_STATE_DIR") ?? file.state_dir ?? state + "/reelgate",
            token: said("NEMO_TOKEN"),
            clientID: said("NEMO_CLIENT_ID") ?? file.client_id,
            backend: said("NEMO_API_URL") ?? file.backend ?? "cloud",
            webURL: said("NEMO_WEB_URL") ?? file.web_url ?? "https://nemovideo.com",
            pollInterval: interval,
            attribution: try Skill.attribution(
                file: said("REELGATE_SKILL_FILE") ?? file.skill_file,
                platform: said("SKILL_SOURCE") ?? file.skill_source),
            language: said("REELGATE_LANGUAGE") ?? file.language ?? LanguageTag.of(environment: environment),
            trustFile: said("CURL_CA_BUNDLE") ?? said("SSL_CERT_FILE"))
    }

    private static func readFile(_ environment: [String: String]) throws -> File {
        let home = environment["HOME"] ?? NSHomeDirectory()
        let folder = environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? home + "/.config"
        let path = folder + "/reelgate/config.yaml"
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return File() }
        do {
            let keys = (try Yams.load(yaml: text) as? [String: Any]).map { Set($0.keys) } ?? []
            if let odd = keys.subtracting(File.keys).min() {
                throw Failure(
                    .usage, subject: path, problem: "it has a key \"\(odd)\" that means nothing here",
                    remedy: "Remove it; the keys are \(File.keys.sorted().joined(separator: ", "))")
            }
            return keys.isEmpty ? File() : try YAMLDecoder().decode(File.self, from: text)
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(
                .usage, subject: path, problem: "it cannot be read as configuration", remedy: "Mend or remove it",
                cause: "\(error)")
        }
    }

    /// HTTP, as this program does it.
    /// - Parameter allowsPlainHTTP: only for requests that carry no token.
    func transport(allowsPlainHTTP: Bool = false) throws -> Transport {
        try Transport(
            userAgent: "reelgate/\(Version.text)", allowsPlainHTTP: allowsPlainHTTP, trustFile: trustFile)
    }

    /// The journal, with the folder that it lies in.
    func journal() throws -> Journal {
        try Folders.makePrivate(stateFolder)
        return try Journal(path: stateFolder + "/journal.sqlite")
    }
}
