internal import ReelMedia
internal import ReelModel

extension FileType {
    /// The type that a demuxer stands for, where it stands for one.
    init?(_ demuxer: borrowing Demuxer) {
        let name = demuxer.formatName
        let type =
            name.hasPrefix("mov,") ? FileType.isoBMFF(brand: demuxer.metadata["major_brand"]) : FileType.byDemuxer[name]
        guard let type else { return nil }
        self = type
    }

    private static let byDemuxer: [String: FileType] = [
        "avi": .avi, "wav": .wav, "w64": .wav, "mp3": .mp3, "aac": .aac, "flac": .flac, "ogg": .ogg, "mpegts": .ts,
        "mpeg": .mpg, "mpegvideo": .mpg, "flv": .flv, "asf": .wmv, "aiff": .aiff, "amr": .amr, "mxf": .mxf,
        "jpeg_pipe": .jpg, "png_pipe": .png, "apng": .png, "gif": .gif, "webp_pipe": .webp, "bmp_pipe": .bmp,
        "tiff_pipe": .tiff, "j2k_pipe": .jp2, "psd_pipe": .psd, "jpegxl_pipe": .jxl, "ico": .ico,
    ]

    /// By the major brand (ISO/IEC 14496-12, 4.3); QuickTime files of old have none.
    private static func isoBMFF(brand: String?) -> FileType {
        switch brand {
        case nil, "qt  ": .mov
        case "M4A ", "M4B ": .m4a
        case "M4V ", "M4VH", "M4VP": .m4v
        case "avif", "avis": .avif
        case "heic", "heix", "mif1", "msf1", "hevc", "hevx": .heic
        case let brand? where brand.hasPrefix("3g"): .threeGP
        default: .mp4
        }
    }
}
