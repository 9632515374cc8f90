package import ReelModel

extension Facts {
    /// Good facts of a small, whole file of that type, for examples: a film of 10 s at 1080x1920 with sound, ten
    /// seconds of sound, or a picture. An example is an edit to them.
    package static func example(_ type: FileType, _ edit: (inout Facts) -> Void = { _ in }) -> Facts {
        var facts = Facts(depth: .header, bytes: 4_000_000, fileExtension: type.id, type: .known(type))
        facts.encrypted = .known(false)
        facts.missingBytes = .known(0)
        facts.others = .known([])
        facts.structureFaults = .known([])
        facts.otherTypes = .known([])
        facts.metadata = .known([])
        if isISOBMFF(type) {
            facts.fastStart = .known(true)
            facts.fragmented = .known(false)
            facts.editLists = .known(.trivial)
        }
        switch type.kind {
        case .video:
            facts.video = .known([.example()])
            facts.audio = .known([.example(index: 1)])
            facts.setDuration(10)
            facts.metadata = .known([MetadataEntry(.contentCredentials, key: "c2pa", value: "a C2PA manifest")])
        case .audio:
            facts.video = .known([])
            facts.audio = .known([.example(index: 0)])
            facts.setDuration(10)
        case .image:
            facts.image = .example()
        case .other: break
        }
        edit(&facts)
        return facts
    }

    /// The same, decoded: every frame came out and nothing was amiss.
    package static func decodedExample(_ type: FileType, _ edit: (inout Facts) -> Void = { _ in }) -> Facts {
        example(type) { facts in
            facts.depth = .frames
            facts.readPackets()
            var streams: [MeasuredStream] = []
            for video in facts.video.value ?? [] {
                streams.append(
                    MeasuredStream(
                        index: video.index, packets: 300, frames: 300, samples: 0, span: TimeRange(start: 0, end: 10),
                        sizes: [Size(width: 1080, height: 1920)]))
            }
            for audio in facts.audio.value ?? [] {
                streams.append(
                    MeasuredStream(
                        index: audio.index, packets: 469, frames: 469, samples: 480_000,
                        span: TimeRange(start: 0, end: 10), sizes: []))
            }
            facts.measured = Measured(
                streams: streams,
                picture: facts.mainVideo.map { video -> PictureMeasurements in
                    var picture = PictureMeasurements(stream: video.index, frames: 300)
                    picture.flashes = .known([])
                    picture.bars = .known(PictureBars(top: 0, bottom: 0, left: 0, right: 0))
                    picture.combing = .known(Combing(moving: 280))
                    picture.bands = .known([])
                    picture.blocks = .known([])
                    picture.blur = .known([])
                    picture.captions = .known([])
                    return picture
                },
                sound: facts.audio.value?.first.map { SoundMeasurements.example(stream: $0.index) },
                otherSounds: facts.audio.value?.dropFirst().map { SoundMeasurements.example(stream: $0.index) } ?? [])
            edit(&facts)
        }
    }

    private mutating func setDuration(_ seconds: Double) {
        duration = .known(seconds)
        bitRate = .known(Int64(Double(bytes) * 8 / seconds))
    }

    private static func isISOBMFF(_ type: FileType) -> Bool {
        [FileType.mp4, .m4v, .mov, .threeGP, .m4a, .heic, .avif].contains(type)
    }

    /// These facts, with such a place in the file's structure.
    package func with(_ fault: StructureFault) -> Facts {
        var facts = self
        facts.structureFaults = .known((structureFaults.value ?? []) + [fault])
        return facts
    }

    /// Changes the first video stream.
    package mutating func editVideo(_ edit: (inout VideoFacts) -> Void) {
        guard var streams = video.value, !streams.isEmpty else { return }
        edit(&streams[0])
        video = .known(streams)
    }

    /// Changes the first audio stream.
    package mutating func editAudio(_ edit: (inout AudioFacts) -> Void) {
        guard var streams = audio.value, !streams.isEmpty else { return }
        edit(&streams[0])
        audio = .known(streams)
    }

    /// Changes what was measured of one stream.
    package mutating func editMeasured(_ stream: Int, _ edit: (inout MeasuredStream) -> Void) {
        guard let at = measured?.streams.firstIndex(where: { $0.index == stream }), var changed = measured?.streams[at]
        else { return }
        edit(&changed)
        measured?.streams[at] = changed
    }
}

extension VideoFacts {
    /// Ten seconds of H.264 High at 1080x1920, 30 frames a second.
    package static func example(index: Int = 0) -> VideoFacts {
        var video = VideoFacts(index: index, codec: .known("h264"))
        video.profile = .known("High")
        video.level = .known("4.0")
        video.width = .known(1080)
        video.height = .known(1920)
        video.sampleAspectRatio = .known(Rational(1))
        video.pixelFormat = .known("yuv420p")
        video.bitDepth = .known(8)
        video.frameRate = .known(Rational(30))
        video.variableFrameRate = .known(false)
        video.start = .known(0)
        video.duration = .known(10)
        video.frames = .known(300)
        video.bitRate = .known(3_000_000)
        video.scan = .known("progressive")
        video.referenceFrames = .known(4)
        video.color.primaries = .known("bt709")
        video.color.transfer = .known("bt709")
        video.color.matrix = .known("bt709")
        video.color.range = .known("tv")
        video.color.dynamicRange = .known(.sdr)
        return video
    }
}

extension AudioFacts {
    /// Ten seconds of AAC-LC, stereo at 48 kHz.
    package static func example(index: Int) -> AudioFacts {
        var audio = AudioFacts(index: index, codec: .known("aac"))
        audio.profile = .known("LC")
        audio.sampleRate = .known(48_000)
        audio.channels = .known(2)
        audio.bitRate = .known(128_000)
        audio.start = .known(0)
        audio.duration = .known(10)
        return audio
    }
}

extension ImageFacts {
    /// An upright picture of 3000x2000.
    package static func example() -> ImageFacts {
        var image = ImageFacts()
        image.width = .known(3000)
        image.height = .known(2000)
        image.frames = .known(1)
        image.alpha = .known(false)
        image.colorModel = .known("ycbcr")
        image.bitDepth = .known(8)
        image.colorProfile = .known(false)
        image.color.dynamicRange = .known(.sdr)
        image.furtherPictures = .known(0)
        return image
    }
}
