internal import ReelModel
internal import Yams

/// A YAML document of which only the lines are still known besides the values.
struct ProfileTree {
    indirect enum Content {
        /// - Parameter isPlain: written without quotes, so that it can be a number, a truth or nothing.
        case scalar(String, isPlain: Bool)
        case list([ProfileTree])
        case mapping([(key: String, value: ProfileTree)])
        /// A key that is no text, or one that stands twice.
        case wrong(String)
    }

    let content: Content
    /// From 1.
    let line: Int?
}

extension ProfileTree {
    /// Reads any YAML.
    ///
    /// - Throws: `Failure` of kind `usage` where it is none, or empty.
    init(yaml: String, file: String) throws(Failure) {
        let node: Node?
        do {
            node = try Yams.compose(yaml: yaml)
        } catch {
            throw Failure(
                .usage, subject: file, problem: "it is not YAML",
                remedy: "Correct it; `reelgate profiles nemo-upload` shows one",
                cause: "\(error)")
        }
        guard let node else {
            throw Failure(
                .usage, subject: file, problem: "it is empty",
                remedy: "Write a profile; `reelgate profiles nemo-upload` shows one")
        }
        self.init(node)
    }

    private init(_ node: Node) {
        line = node.mark?.line
        switch node {
        case .scalar(let scalar):
            content = .scalar(scalar.string, isPlain: scalar.style == .plain || scalar.style == .any)
        case .sequence(let sequence): content = .list(sequence.map { ProfileTree($0) })
        case .mapping(let mapping):
            var members: [(key: String, value: ProfileTree)] = []
            for (key, value) in mapping {
                guard let name = key.string else {
                    content = .wrong("a key is no text")
                    return
                }
                members.append((name, ProfileTree(value)))
            }
            content = .mapping(members)
        case .alias: content = .wrong("it stands for something that was not found")
        }
    }
}
