internal import ReelModel

/// One track entry (RFC 9559, 5.1.4.1).
struct MatroskaTrack {
    private(set) var number: Int?
    private(set) var uid: UInt64?
    /// 1 video, 2 audio, 17 subtitle.
    private(set) var kind = 0
    private var encodings = MatroskaEncodings()
    /// Seconds: when its first block is shown.
    var start: Double?
    private var codecID = ""
    private var configuration: Bytes?
    /// Nanoseconds of a frame.
    private var frameDuration: Int?
    private var pixels: (width: Int?, height: Int?)
    private var crop: (top: Int, bottom: Int, left: Int, right: Int) = (0, 0, 0, 0)
    private var display: (width: Int?, height: Int?, unit: Int) = (nil, nil, 0)
    private var interlaced = 0
    private var fieldOrder: Int?
    private var color = MatroskaColor()
    private var roll = 0.0
    private var sampleRate: Double?
    private var outputRate: Double?
    private var channels = 1
    private var bitDepth: Int?
    private var firstFrame: PictureFormat?

    init(_ entry: EBMLElement, _ pager: inout Pager) throws {
        try read(entry, depth: 0, &pager)
    }

    /// The masters inside an entry have no identifiers in common, so one walk reads them all.
    private mutating func read(_ parent: EBMLElement, depth: Int, _ pager: inout Pager) throws {
        var parts = EBMLWalk(inside: parent)
        while let part = try parts.next(&pager) {
            switch part.id {
            case 0xE0, 0xE1, 0x7670:  // video, audio, projection
                if depth < 4 { try read(part, depth: depth + 1, &pager) }
            case 0x55B0: try color.read(part, &pager)
            case 0x41E4: try color.readMapping(part, &pager)
            case 0x6D80: encodings = try MatroskaEncodings(part, &pager)
            case 0xD7: number = try part.unsigned(&pager)
            case 0x73C5: uid = try part.uid(&pager)
            case 0x83: kind = try part.unsigned(&pager) ?? 0
            case 0x86: codecID = try part.text(limit: 64, &pager) ?? ""
            case 0x63A2: configuration = try part.contents(limit: 64 << 10, &pager)
            case 0x23_E383: frameDuration = try part.unsigned(&pager)
            case 0xB0: pixels.width = try part.unsigned(&pager)
            case 0xBA: pixels.height = try part.unsigned(&pager)
            case 0x54BB: crop.top = try part.unsigned(&pager) ?? 0
            case 0x54AA: crop.bottom = try part.unsigned(&pager) ?? 0
            case 0x54CC: crop.left = try part.unsigned(&pager) ?? 0
            case 0x54DD: crop.right = try part.unsigned(&pager) ?? 0
            case 0x54B0: display.width = try part.unsigned(&pager)
            case 0x54BA: display.height = try part.unsigned(&pager)
            case 0x54B2: display.unit = try part.unsigned(&pager) ?? 0
            case 0x9A: interlaced = try part.unsigned(&pager) ?? 0
            case 0x9D: fieldOrder = try part.unsigned(&pager)
            case 0x7675: roll = try part.float(&pager) ?? 0
            case 0xB5: sampleRate = try part.float(&pager)
            case 0x78B5: outputRate = try part.float(&pager)
            case 0x9F: channels = try part.unsigned(&pager) ?? 1
            case 0x6264: bitDepth = try part.unsigned(&pager)
            default: continue
            }
        }
    }

    var encrypted: Bool { encodings.encrypted }
    var isCoded: Bool { !codecID.isEmpty }

    var codec: Known<String> {
        Known(
            MatroskaCodecs.name(codecID, bitDepth: bitDepth, configuration: readableConfiguration),
            else: "the coding \(codecID) is not known here")
    }

    /// VP8 and VP9 configure themselves in their first frame only.
    mutating func readFirstFrame(_ frame: Bytes) {
        guard !encrypted, !encodings.framesPacked else { return }
        let frame = encodings.strippedHeader.isEmpty ? frame : Bytes(encodings.strippedHeader + frame.array)
        if codecID == "V_VP8" { firstFrame = VP8Format.read(keyFrame: frame) }
        if codecID == "V_VP9" { firstFrame = VP9Format.read(keyFrame: frame) }
    }

    func video(index: Int, duration: Known<Double>) -> VideoFacts {
        var video = VideoFacts(index: index, codec: codec)
        video.duration = duration
        video.start = Known(start, else: "its first block was not met")
        let stated = color.facts
        video.color = stated
        if let depth = color.bitDepth { video.bitDepth = .known(depth) }
        if let width = pixels.width, let height = pixels.height, width > 0, height > 0 {
            let cropped = (
                width.saturating(minus: crop.left, crop.right), height.saturating(minus: crop.top, crop.bottom)
            )
            video.width = .known(cropped.0)
            video.height = .known(cropped.1)
            video.sampleAspectRatio = pixelAspect(cropped.0, cropped.1)
        }
        if interlaced == 2 { video.scan = .known("progressive") }
        if interlaced == 1 {
            video.scan = .known("interlaced")
            // 5.1.4.1.28.2
            switch fieldOrder {
            case 1, 9: video.fieldOrder = .known("top")
            case 6, 14: video.fieldOrder = .known("bottom")
            case _: video.fieldOrder = .unknown("the file leaves it open")
            }
        }
        if let turned = Int(exactly: roll), turned % 90 == 0 {
            // The roll is counter-clockwise (5.1.4.1.28.46).
            video.rotation = .known(((-turned % 360) + 360) % 360)
        } else {
            video.rotation = .unknown("the projection turns by no multiple of 90 degrees")
        }
        if let frameDuration, frameDuration > 0 {
            video.frameRate = Known(
                Rational(nearest: 1e9 / Double(frameDuration), upTo: 30000), else: "its frame duration makes no rate")
        }
        let configuration = readableConfiguration
        let coded: PictureFormat? =
            switch codec.value {
            case "h264": configuration.flatMap { H264SPS.read(configuration: $0) }
            case "hevc": configuration.flatMap { HEVCSPS.read(configuration: $0) }
            case "av1": configuration.flatMap { AV1SequenceHeader.read(configuration: $0) }
            case "vp8": firstFrame ?? VP8Format.fixed
            case "vp9": firstFrame
            default: nil
            }
        if let coded, !encrypted {
            let scan = video.scan
            coded.apply(to: &video)
            video.scan = scan.filled(from: video.scan)
        }
        // The container speaks for the whole film, where it does.
        video.color.dolbyVision = stated.dolbyVision ?? video.color.dolbyVision
        video.color.settleDynamicRange()
        return video
    }

    /// 5.1.4.1.28.11 to .14: the size for display counts pixels, or is a ratio; left out, pixels are square.
    private func pixelAspect(_ width: Int, _ height: Int) -> Known<Rational> {
        guard let shownWidth = display.width, let shownHeight = display.height, shownWidth > 0, shownHeight > 0 else {
            return .known(Rational(1))
        }
        guard display.unit != 4 else { return .unknown("the file leaves it open") }
        let over = Int64(shownWidth).saturatingMultiply(Int64(height))
        let under = Int64(shownHeight).saturatingMultiply(Int64(width))
        return Known(Rational(over, under), else: "the display size makes no ratio")
    }

    func audio(index: Int, duration: Known<Double>) -> AudioFacts {
        var audio = AudioFacts(index: index, codec: codec)
        audio.duration = duration
        audio.start = Known(start, else: "its first block was not met")
        audio.channels = channels > 0 ? .known(channels) : .unknown("it states none")
        let rate = outputRate ?? sampleRate ?? 8000
        audio.sampleRate = rate >= 1 && rate < 1e7 ? .known(Int(rate)) : .unknown("it states an impossible one")
        let coding = codec.value ?? ""
        if coding == "opus" { audio.sampleRate = .known(48000) }
        if coding == "aac", !encrypted, let parsed = readableConfiguration.flatMap(AudioSpecificConfig.init) {
            audio.profile = parsed.profile
            audio.sampleRate = parsed.sampleRate
            audio.channels = parsed.channels.filled(from: audio.channels)
            audio.channelLayout = parsed.channelLayout
            return audio
        }
        guard let count = audio.channels.value else { return audio }
        switch coding {
        // RFC 7845, 5.1.1: mapping families other than these have orders of their own.
        case "opus" where readableConfiguration?.u8(18) ?? 0 > 1: break
        case "opus", "vorbis": audio.channelLayout = ChannelLayout.vorbis(channels: count)
        case "flac":
            let mask = readableConfiguration.flatMap { FLACBlocks.channelMask(in: $0) }
            audio.channelLayout = mask.map { ChannelLayout.named(mask: $0) } ?? ChannelLayout.flac(channels: count)
        case "aac": audio.channelLayout = ChannelLayout.aac(channels: count)
        case "ac3", "eac3", "dts", "truehd", "mlp": break
        case _: audio.channelLayout = ChannelLayout.plain(channels: count)
        }
        return audio
    }

    /// As far as it is stored as it is.
    private var readableConfiguration: Bytes? { encodings.configurationPacked ? nil : configuration }
}

extension Int {
    /// Less two cropped sides, but at least 1.
    fileprivate func saturating(minus first: Int, _ second: Int) -> Int {
        let (a, over) = subtractingReportingOverflow(first)
        let (b, overAgain) = a.subtractingReportingOverflow(second)
        return over || overAgain ? 1 : Swift.max(b, 1)
    }
}
