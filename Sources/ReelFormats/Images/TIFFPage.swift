internal import ReelModel

/// What one directory of a TIFF file says of its picture (TIFF 6.0, section 8).
struct TIFFPage {
    /// Whether it is a smaller copy of another picture in the file.
    let isReduced: Bool
    private let width: Int?
    private let height: Int?
    private let bits: Int
    private let compression: Int
    private let photometric: Int?
    private let inks: Int
    private let extraSamples: [Int64]
    private let isFloating: Bool
    private let hasProfile: Bool

    init(_ directory: TIFFDirectory, _ structure: TIFFStructure, _ pager: inout Pager) throws {
        isReduced = try (structure.integer(directory[254], &pager) ?? 0) & 1 == 1
        width = try structure.integer(directory[256], &pager)
        height = try structure.integer(directory[257], &pager)
        bits = Int(try structure.integers(directory[258], most: 16, &pager).max() ?? 1)
        compression = try structure.integer(directory[259], &pager) ?? 1
        photometric = try structure.integer(directory[262], &pager)
        inks = try structure.integer(directory[332], &pager) ?? 1
        extraSamples = try structure.integers(directory[338], most: 16, &pager)
        isFloating = try structure.integers(directory[339], most: 16, &pager).contains(3)
        hasProfile = directory[34675] != nil
    }

    func describe(_ account: inout ImageAccount) {
        account.image.width = Known(width, else: "no directory entry says it")
        account.image.height = Known(height, else: "no directory entry says it")
        account.image.bitDepth = .known(bits)
        account.image.colorProfile = .known(hasProfile)
        // ExtraSamples: 1 and 2 are transparency, 0 leaves it open (section 18).
        account.image.alpha =
            extraSamples.contains { $0 == 1 || $0 == 2 }
            ? .known(true) : extraSamples.isEmpty ? .known(false) : .unknown("its further samples are not explained")
        if let photometric {
            account.image.colorModel = Known(
                name(photometric), else: "photometric interpretation \(photometric) has no name")
        }
        account.image.coding = Known(
            TIFFPage.codings[compression].map { isFloating ? $0 + ", floating point" : $0 },
            else: "compression \(compression) has no name")
    }

    private func name(_ photometric: Int) -> String? {
        switch photometric {
        case 0, 1: "gray"
        case 2: "rgb"
        case 3: "palette"
        case 4: "gray"  // a mask
        case 5: inks == 1 ? "cmyk" : nil
        case 6: "ycbcr"
        case 8, 9, 10: "lab"
        default: nil
        }
    }

    private static let codings: [Int: String] = [
        1: "uncompressed", 2: "ccitt-rle", 3: "ccitt-g3", 4: "ccitt-g4", 5: "lzw", 6: "jpeg-old", 7: "jpeg",
        8: "deflate", 32773: "packbits", 32946: "deflate", 34712: "jpeg-2000", 34925: "lzma", 50000: "zstd",
        50001: "webp", 50002: "jpeg-xl", 52546: "jpeg-xl",
    ]
}

/// Where the strips and tiles of all directories stand (sections 8, 15), against the file.
struct TIFFSamples {
    /// Strips and tiles that are followed in all.
    private static let limit = 1_000_000
    private static let perDirectory = 130_000

    /// Where the last of them ends.
    private(set) var end: Int64 = 0
    /// Why they were not followed to the end.
    private(set) var unknown: String?
    private var count = 0
    private var outside = 0

    mutating func follow(
        _ directory: TIFFDirectory, _ structure: TIFFStructure, _ pager: inout Pager
    ) throws {
        for (places, sizes) in [(273, 279), (324, 325), (513, 514)] {
            guard let place = directory[places] else { continue }
            guard let size = directory[sizes] else {
                if unknown == nil { unknown = "the sizes of its strips are not stated" }
                continue
            }
            guard place.count <= Int64(TIFFSamples.perDirectory), count < TIFFSamples.limit else {
                unknown = "it has too many strips to be followed"
                continue
            }
            let starts = try structure.integers(place, most: Int(place.count), &pager)
            let lengths = try structure.integers(size, most: Int(place.count), &pager)
            if starts.count < Int(place.count) || lengths.count < starts.count {
                let table = starts.count < Int(place.count) ? place : size
                end = max(end, table.place.saturatingAdd(table.size))
                outside += 1
            }
            for (start, length) in zip(starts, lengths) {
                let stop = start.saturatingAdd(length)
                count += 1
                if structure.base.saturatingAdd(stop) > structure.limit { outside += 1 }
                end = max(end, stop)
            }
        }
    }

    func report(_ account: inout ImageAccount, length: Int64) {
        guard outside > 0 else { return }
        account.fault(
            .samplesOutsideFile, at: length, bytes: end > length ? end - length : nil,
            "\(outside) of \(max(count, outside)) strips lie past the end of the file")
    }
}
