/// This program's own version, as it names itself to people and to servers.
enum Version {
    static let text = "0.1.0"
}
