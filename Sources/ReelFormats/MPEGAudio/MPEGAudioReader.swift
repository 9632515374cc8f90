internal import ReelModel

/// Reads MP3 files, and those of layers 1 and 2: tags, the first frame, and the header that encoders hide in it. Where
/// there is none, or it does not fit the file, every frame is met.
enum MPEGAudioReader {
    static func read(_ pager: inout Pager, into facts: inout Facts) throws {
        facts.encrypted = .known(false)
        facts.others = .known([])
        let tag = try ID3Tag(at: 0, &pager)
        let trailing = try TrailingTags(&pager)
        facts.add(tag.metadata + trailing.metadata)
        facts.video = .known(AttachedPictures.streams(tag.pictures, from: 1))
        let tagEnd = try ID3.end(&pager)
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
        audio.channelLayout = ChannelLayout.plain(channels: first.channels)
        audio.start = .known(0)

        var walk = FrameWalk(from: start, to: max(trailing.start, start))
        try walk.noteJunk(before: start, from: tagEnd, &pager)
        let perFrame = Double(first.samples) / Double(first.sampleRate)
        let head = try pager.bytes(at: start, count: min(first.size, 256))
        let hidden = HiddenHeader(head, first)
        if let hidden, let frames = hidden.frames, frames > 0, let bytes = hidden.bytes, bytes > 0,
            start + Int64(bytes) >= trailing.start
        {
            // The header speaks of all that is there, or of more.
            let seconds = Double(frames) * perFrame
            audio.duration = .known(seconds)
            // The frame that holds the header may have another rate than those that hold sound.
            let next = MPEGAudioFrame(try pager.bytes(at: start + Int64(first.size), count: 4)) ?? first
            audio.bitRate = .known(hidden.isConstant ? Int64(next.bitRate) : Int64(Double(bytes) * 8 / seconds))
            facts.missingBytes = .known(start + Int64(bytes) - trailing.start)
            facts.structureFaults = .known(walk.faults)
        } else {
            try walk.follow(&pager) { MPEGAudioFrame($0).flatMap { $0.continues(first) ? $0 : nil } }
            let seconds = Double(walk.frames) * perFrame
            if let frames = hidden?.frames, frames > 0, walk.isComplete, hidden?.bytes != nil,
                frames != walk.frames, frames != walk.frames - 1
            {
                walk.note(
                    StructureFault(
                        .brokenIndex, offset: start, "its header counts \(frames) frames, and there are \(walk.frames)")
                )
            }
            if walk.isComplete {
                // A header that counts frames alone is believed about its own frame, which holds no sound.
                let told = hidden?.frames.map { Double($0) * perFrame }
                audio.duration = .known(hidden?.bytes == nil ? told ?? seconds : seconds)
                audio.bitRate =
                    walk.isConstant
                    ? .known(Int64(first.bitRate)) : .known(Int64(Double(walk.bytes) * 8 / max(seconds, 0.001)))
                facts.missingBytes = .known(walk.missing)
                facts.structureFaults = .known(walk.faults)
            } else {
                audio.duration = .unknown("the file is too long to be counted")
                facts.missingBytes = .unknown("the file is too long to be counted")
                facts.structureFaults = .unknown("the file is too long to be followed to its end")
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
}

/// Pictures that a tag holds, as streams behind the sound.
enum AttachedPictures {
    static func streams(_ codings: [Known<String>], from index: Int) -> [VideoFacts] {
        codings.enumerated().map { place, codec in
            var picture = VideoFacts(index: index + place, codec: codec)
            picture.attachedPicture = true
            return picture
        }
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
