/// Whether an upload is taken: by its extension and by its content, which must agree.
enum UploadGate {
    /// What each accepted extension may hold. The list is the service's own.
    static let accepted: [(extension: String, contents: Set<Content>)] = [
        ("mp4", [.mp4, .m4a]), ("mov", [.mov]), ("avi", [.avi]), ("webm", [.webm]), ("mkv", [.mkv]),
        ("jpg", [.jpg]), ("jpeg", [.jpg]), ("png", [.png]), ("gif", [.gif]), ("webp", [.webp]),
        ("mp3", [.mp3]), ("wav", [.wav]), ("m4a", [.m4a, .mp4]), ("aac", [.aac]),
    ]

    struct Refused: Error, Hashable {
        let reason: String
    }

    /// The content of a file that is taken.
    static func judge(
        name: String, read: (_ offset: Int64, _ count: Int) throws -> [UInt8]
    ) throws -> Content {
        let fileExtension = fileExtension(of: name)
        guard let contents = accepted.first(where: { $0.extension == fileExtension })?.contents else {
            throw Refused(
                reason: fileExtension.isEmpty
                    ? "the name has no extension" : "the extension .\(fileExtension) is not accepted")
        }
        guard let content = try Content(read: read) else {
            throw Refused(reason: "the content is of no accepted type")
        }
        guard contents.contains(content) else {
            throw Refused(reason: "the content is \(content.rawValue), which is not what .\(fileExtension) says")
        }
        return content
    }

    /// Lower case, without its dot; empty where there is none.
    static func fileExtension(of name: String) -> String {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
        return name[name.index(after: dot)...].lowercased()
    }
}
