internal import ReelModel

/// Reads MP3 files, and those of layers 1 and 2: tags, the first frame, and the header that encoders hide in it. Where
/// there is none, every frame is met.
enum MPEGAudioReader {
    /// How far frames are counted one by one.
    private static let walkLimit: Int64 = 64 << 20

    static func read(_ pager: inout Pager, into facts: inout Facts) throws {
        facts.encrypted = .known(false)
        facts.others = .known([])
        let pictures = try ID3.pictures(&pager)
        facts.video = .known(
            pictures.enumerated().map { place, codec in
                var picture = VideoFacts(index: 1 + place, codec: codec)
                picture.attachedPicture = true
                return picture
            })
        guard let start = try firstFrame(&pager),
            let first = MPEGAudioFrame(try pager.bytes(at: start, count: 4))
        else {
            facts.note(missing: "its first frame was not found")
            facts.missingBytes = .unknown("its first frame was not found")
            return
        }
        var audio = AudioFacts(index: 0, codec: .known(first.codec))
        audio.sampleRate = .known(first.sampleRate)
        audio.channels = .known(first.channels)
        audio.start = .known(0)

        let perFrame = Double(first.samples) / Double(first.sampleRate)
        let head = try pager.bytes(at: start, count: min(first.size, 256))
        if let hidden = HiddenHeader(head, first), let frames = hidden.frames, frames > 0 {
            let seconds = Double(frames) * perFrame
            audio.duration = .known(seconds)
            if let bytes = hidden.bytes, bytes > 0 {
                audio.bitRate =
                    hidden.isConstant
                    ? .known(Int64(first.bitRate)) : .known(Int64(Double(bytes) * 8 / seconds))
                facts.missingBytes = .known(max(start + Int64(bytes) - pager.length, 0))
            } else {
                facts.missingBytes = .unknown("the file states no size")
            }
        } else {
            let sum = try count(from: start, first, &pager)
            if sum.complete {
                let seconds = Double(sum.frames) * perFrame
                audio.duration = .known(seconds)
                audio.bitRate =
                    sum.isConstant
                    ? .known(Int64(first.bitRate)) : .known(Int64(Double(sum.bytes) * 8 / seconds))
                facts.missingBytes = .known(max(sum.end - pager.length, 0))
            } else {
                audio.duration = .unknown("the file does not say it")
                facts.missingBytes = .unknown("the file states no size")
            }
        }
        facts.audio = .known([audio])
        facts.duration = audio.duration
        facts.setBitRate()
    }

    private static func firstFrame(_ pager: inout Pager) throws -> Int64? {
        let start = try ID3.end(&pager)
        if try MPEGAudioFrame.follow(at: start, &pager) { return start }
        let search = try pager.bytes(at: start, count: 64 << 10)
        var at = 0
        while let byte = search.u8(at) {
            if byte == 0xFF, try MPEGAudioFrame.follow(at: start + Int64(at), &pager) { return start + Int64(at) }
            at += 1
        }
        return nil
    }

    private static func count(from start: Int64, _ first: MPEGAudioFrame, _ pager: inout Pager) throws
        -> (frames: Int, bytes: Int64, end: Int64, isConstant: Bool, complete: Bool)
    {
        var at = start
        var frames = 0
        var isConstant = true
        while at - start < walkLimit {
            guard let frame = MPEGAudioFrame(try pager.bytes(at: at, count: 4)), frame.continues(first) else {
                // Tags and junk end the sound.
                return (frames, at - start, at, isConstant, true)
            }
            frames += 1
            isConstant = isConstant && frame.bitRate == first.bitRate
            at += Int64(frame.size)
        }
        return (frames, at - start, at, isConstant, false)
    }
}

/// What encoders write in a first frame without sound: Xing's header, or Fraunhofer's.
private struct HiddenHeader {
    var frames: Int?
    var bytes: Int?
    var isConstant = false

    init?(_ frame: Bytes, _ header: MPEGAudioFrame) {
        let sideInformation = header.version == 1 ? (header.isMono ? 17 : 32) : (header.isMono ? 9 : 17)
        let at = 4 + sideInformation
        if frame.starts(with: "Xing", at: at) || frame.starts(with: "Info", at: at) {
            isConstant = frame.starts(with: "Info", at: at)
            guard let flags = frame.u32(at + 4) else { return nil }
            var next = at + 8
            if flags & 1 != 0 {
                frames = frame.u32(next)
                next += 4
            }
            if flags & 2 != 0 { bytes = frame.u32(next) }
        } else if frame.starts(with: "VBRI", at: 36) {
            bytes = frame.u32(46)
            frames = frame.u32(50)
        } else {
            return nil
        }
    }
}
