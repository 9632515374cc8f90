public import ReelModel

/// Into what a file of a type can be made where that type is not accepted.
public enum Conversion {
    /// The types that can be written, the preferred ones first.
    static let films: [FileType] = [.mp4, .mov]
    static let sounds: [FileType] = [.m4a, .mp4]
    static let pictures: [FileType] = [.jpg, .png]

    /// The type that a file of this type becomes; `nil` where there is no way, or none that the destination takes.
    ///
    /// - Parameter accepted: ids of the types that the destination takes; `nil` where it is not known to mind.
    public static func target(of type: FileType, accepted: [String]?) -> FileType? {
        let candidates: [FileType]
        switch type.kind {
        case .video: candidates = films
        case .audio: candidates = type == .midi ? [] : sounds
        case .image: candidates = pictures
        case .other: candidates = []
        }
        return candidates.first { accepted?.contains($0.id) ?? true }
    }
}
