public import ReelModel

/// Into what a file of a type can be made where that type is not accepted.
public enum Conversion {
    /// The types that can be written, the preferred ones first.
    static let films: [FileType] = [.mp4, .mov]
    static let sounds: [FileType] = [.m4a, .mp4]
    static let pictures: [FileType] = [.jpg, .png]

    /// Types that are known by their signature, and that nothing here reads further.
    private static let unread: Set<FileType> = [
        .rm, .nut, .dv, .gxf, .wtv, .ivf, .y4m, .flic, .bink, .smacker, .vvc, .obu, .mpeg4Video, .vc1, .dirac, .midi,
        .au, .voc, .wavPack, .ape, .tta, .tak, .musepack, .dsd, .dts, .trueHD, .loas, .tracker, .jxr, .exr, .hdr, .dds,
        .pnm, .qoi, .pcx, .tga, .icns, .mng, .xcf, .ilbm, .metafile, .dicom, .fits, .rawPhoto,
    ]

    /// The type that a file of this type becomes; `nil` where there is no way, or none that the destination takes.
    ///
    /// - Parameter accepted: ids of the types that the destination takes; `nil` where it is not known to mind.
    public static func target(of type: FileType, accepted: [String]?) -> FileType? {
        guard !unread.contains(type) else { return nil }
        let candidates: [FileType]
        switch type.kind {
        case .video: candidates = films
        case .audio: candidates = sounds
        case .image: candidates = pictures
        case .other: candidates = []
        }
        return candidates.first { accepted?.contains($0.id) ?? true }
    }
}
