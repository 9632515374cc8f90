internal import ReelMedia

/// With how many threads a file is decoded. Damage is told the same each time by one thread alone: with more, a decoder
/// patches pictures up from others that are half done, says what it finds in any order, and loses some of it.
enum Threading: Sendable {
    /// As many as there are cores for; all that is found of a file in which nothing is damaged.
    case many
    /// One, for what many threads found damaged.
    case one

    /// For `Decoder`. Sound takes too little time for threads to help, and a single picture has nothing for the others to
    /// do, so that damage in them never makes a film be decoded again.
    func threads(for stream: StreamInfo) -> Int {
        self == .one || stream.kind == .audio || stream.isAttachedPicture ? 1 : 0
    }
}
