internal import ReelModel

/// The last thing that happens to the facts of a header: a number that no file can honestly have is damage that a
/// reader took for a value, and leaves here as unknown.
extension Facts {
    /// Streams of a file. The readers stop there, so as many are too many to be told.
    static let streamLimit = 1000

    mutating func keepThePossible() {
        duration = duration.kept { $0.isFinite && $0 >= 0 }
        bitRate = bitRate.kept { $0 >= 0 }
        missingBytes = missingBytes.kept { $0 >= 0 }
        let count = (video.value?.count ?? 0) + (audio.value?.count ?? 0) + (others.value?.count ?? 0)
        if count >= Facts.streamLimit {
            let why = "it has \(Facts.streamLimit) streams or more"
            video = .unknown(why)
            audio = .unknown(why)
            others = .unknown(why)
        }
        structureFaults = structureFaults.map { $0.map { $0.possible } }
        video = video.map { $0.map { $0.possible } }
        audio = audio.map { $0.map { $0.possible } }
        image = image?.possible
    }
}

extension StructureFault {
    fileprivate var possible: StructureFault {
        var fault = self
        if let offset, offset < 0 { fault.offset = nil }
        if let bytes, bytes < 0 { fault.bytes = nil }
        if let time, !time.isFinite { fault.time = nil }
        return fault
    }
}

extension VideoFacts {
    fileprivate var possible: VideoFacts {
        var video = self
        video.width = width.kept(ImageFacts.sides.contains)
        video.height = height.kept(ImageFacts.sides.contains)
        video.bitDepth = bitDepth.kept(ImageFacts.depths.contains)
        video.start = start.kept { $0.isFinite }
        video.duration = duration.kept { $0.isFinite && $0 >= 0 }
        video.frames = frames.kept { $0 >= 0 }
        video.bitRate = bitRate.kept { $0 >= 0 }
        video.frameRate = frameRate.kept { $0.numerator >= 0 }
        video.sampleAspectRatio = sampleAspectRatio.kept { $0.numerator >= 0 }
        return video
    }
}

extension AudioFacts {
    fileprivate var possible: AudioFacts {
        var audio = self
        audio.sampleRate = sampleRate.kept { $0 >= 0 }
        audio.channels = channels.kept { $0 >= 0 }
        audio.bitRate = bitRate.kept { $0 >= 0 }
        audio.start = start.kept { $0.isFinite }
        audio.duration = duration.kept { $0.isFinite && $0 >= 0 }
        return audio
    }
}

extension ImageFacts {
    /// No format has room for more than 32 bits.
    fileprivate static let sides = 0...Int(UInt32.max)
    /// Bits of a sample.
    fileprivate static let depths = 1...64

    fileprivate var possible: ImageFacts {
        var image = self
        image.width = width.kept(ImageFacts.sides.contains)
        image.height = height.kept(ImageFacts.sides.contains)
        image.bitDepth = bitDepth.kept(ImageFacts.depths.contains)
        image.frames = frames.kept { $0 >= 0 }
        image.loops = loops.kept { $0 >= 0 }
        image.duration = duration.kept { $0.isFinite && $0 >= 0 }
        return image
    }
}

extension Known {
    /// Itself where the value is a possible one.
    fileprivate func kept(_ isPossible: (Value) -> Bool) -> Known<Value> {
        flatMap { isPossible($0) ? self : .unknown("the header says \($0), which cannot be") }
    }
}
