import Foundation
import ReelModel
import ReelRemote
import Yams

/// The skill that this program serves, where it is installed as part of one: the name and version of its `SKILL.md`.
enum Skill {
    private struct FrontMatter: Decodable {
        var name: String?
        var version: String?
    }

    /// Who asks, from the skill file that was named, else from one beside the program or up to three folders above it,
    /// else the program itself.
    /// - Parameter platform: what the user says of it; else it is told from where the program is installed.
    static func attribution(file: String?, platform: String?) throws -> Attribution {
        let program = URL(filePath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath()
        let found = try file.map { try read($0) } ?? search(from: program.deletingLastPathComponent())
        let place = file ?? program.path()
        return Attribution(
            source: found?.name ?? "image-creator-online", version: found?.version ?? Version.text,
            platform: platform ?? Self.platform(installedAt: place))
    }

    /// `clawhub` or `cursor` where a folder of the path says so.
    static func platform(installedAt path: String) -> String {
        let folders = path.lowercased().split(separator: "/").map { $0.drop { $0 == "." } }
        return ["clawhub", "cursor"].first { platform in folders.contains { $0.hasPrefix(platform) } } ?? "unknown"
    }

    private static func search(from folder: URL) -> FrontMatter? {
        var folder = folder
        for _ in 0..<4 {
            if let text = try? String(contentsOf: folder.appending(path: "SKILL.md"), encoding: .utf8) {
                // One that means something else is none of ours.
                return try? parse(text)
            }
            folder.deleteLastPathComponent()
        }
        return nil
    }

    private static func read(_ path: String) throws -> FrontMatter {
        do {
            guard let front = try parse(String(contentsOfFile: path, encoding: .utf8)) else {
                throw Failure(
                    .usage, subject: path, problem: "it has no front matter",
                    remedy: "Begin it with lines of name: and version: between two lines of ---")
            }
            return front
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(
                .usage, subject: path, problem: "it cannot be read as a skill file",
                remedy: "Mend it, or unset REELGATE_SKILL_FILE", cause: "\(error)")
        }
    }

    /// The YAML between the first line, `---`, and the next such line.
    private static func parse(_ text: String) throws -> FrontMatter? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.trimmingSuffix("\r") }
        guard lines.first == "---", let end = lines.dropFirst().firstIndex(of: "---") else { return nil }
        return try YAMLDecoder().decode(FrontMatter.self, from: lines[1..<end].joined(separator: "\n"))
    }
}

extension Substring {
    fileprivate func trimmingSuffix(_ character: Character) -> Substring {
        last == character ? dropLast() : self
    }
}
