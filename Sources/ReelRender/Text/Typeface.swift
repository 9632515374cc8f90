#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif
internal import ReelMedia
internal import ReelModel

/// The font that words are drawn with: the one thing that rendering needs besides the files that it is handed.
public enum Typeface: Sendable, Hashable {
    case file(String)
    /// None of the known files is there: whatever fontconfig has, if it has anything.
    case family(String)

    /// Bold faces without serifs, the best first.
    private static let latin = [
        "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf",
        "/usr/share/fonts/TTF/DejaVuSans-Bold.ttf",
        "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans-Bold.ttf",
        "/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf",
        "/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf",
        "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
        "/System/Library/Fonts/Supplemental/Arial Bold.ttf",
        "/System/Library/Fonts/Helvetica.ttc",
    ]

    /// Faces that have Chinese, Japanese and Korean.
    private static let wide = [
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
        "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
        "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
        "/System/Library/Fonts/PingFang.ttc",
        "/System/Library/Fonts/Hiragino Sans GB.ttc",
    ]

    /// Every file that could be opened to draw a text, so that a cage can allow just these.
    public static var files: [String] { latin + wide }

    /// The face for a text. Where no face has its characters, boxes stand for them.
    public init(for text: String) {
        let isWide = text.unicodeScalars.contains { TextLayout.isWide($0) }
        let wanted = isWide ? Self.wide + Self.latin : Self.latin
        self = wanted.first { access($0, R_OK) == 0 }.map(Typeface.file) ?? .family("Sans:bold")
    }

    /// As an option of `drawtext`.
    var option: String {
        switch self {
        case .file(let path): "fontfile=\(FilterText.value(path))"
        case .family(let family): "font=\(FilterText.value(family))"
        }
    }

    /// What a failure to draw most likely means with this face.
    func explain(_ failure: Failure) -> Failure {
        guard case .family = self, failure.kind == .notDone else { return failure }
        return Failure(
            .notDone, subject: failure.subject, problem: "there is no font to draw its words with",
            remedy: "Install one: apt-get install fonts-dejavu-core", cause: failure.cause ?? failure.problem)
    }
}
