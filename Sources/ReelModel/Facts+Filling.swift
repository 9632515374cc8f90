/// Joining what the front read in the headers with what a deeper measurement found.
extension Facts {
    /// These facts, with every unknown field filled from a deeper measurement of the same file. A field that is known
    /// here stays as it is; streams are matched by their index; `depth` and `measured` are the deeper ones'.
    public func filled(from deeper: Facts) -> Facts {
        var result = self
        result.depth = max(depth, deeper.depth)
        result.packets = deeper.packets ?? packets
        result.measured = deeper.measured ?? measured
        result.inspectionFailure = deeper.inspectionFailure ?? inspectionFailure
        result.type = type.filled(from: deeper.type)
        result.duration = duration.filled(from: deeper.duration)
        result.bitRate = bitRate.filled(from: deeper.bitRate)
        result.fastStart = fastStart.filled(from: deeper.fastStart)
        result.fragmented = fragmented.filled(from: deeper.fragmented)
        result.editLists = editLists.filled(from: deeper.editLists)
        result.encrypted = encrypted.filled(from: deeper.encrypted)
        result.missingBytes = missingBytes.filled(from: deeper.missingBytes)
        result.structureFaults = Facts.added(structureFaults, deeper.structureFaults)
        result.otherTypes = otherTypes.filled(from: deeper.otherTypes)
        result.metadata = metadata.filled(from: deeper.metadata)
        result.video = Facts.joined(video, deeper.video, index: { $0.index }) { $0.filled(from: $1) }
        result.audio = Facts.joined(audio, deeper.audio, index: { $0.index }) { $0.filled(from: $1) }
        result.others = Facts.joined(others, deeper.others, index: { $0.index }) { $0.filled(from: $1) }
        result.image = image.map { image in deeper.image.map { image.filled(from: $0) } ?? image } ?? deeper.image
        return result
    }

    /// Both lists where both are known: headers and packets show different faults. That samples lie outside the file
    /// both see: where the header has told it, the packets need not.
    private static func added(
        _ header: Known<[StructureFault]>, _ deeper: Known<[StructureFault]>
    ) -> Known<[StructureFault]> {
        guard case .known(let faults) = header, case .known(let more) = deeper else {
            return header.filled(from: deeper)
        }
        func tells(_ fault: StructureFault) -> Bool {
            fault.kind == .samplesOutsideFile && faults.contains { $0.kind == fault.kind }
        }
        return .known(Array((faults + more.filter { !faults.contains($0) && !tells($0) }).prefix(StructureFault.limit)))
    }

    /// The streams of the header, each filled from the deeper stream of the same index. Where the header did not
    /// know the streams, the deeper ones; a list that is known is not added to.
    private static func joined<Stream>(
        _ header: Known<[Stream]>, _ deeper: Known<[Stream]>, index: (Stream) -> Int,
        fill: (Stream, Stream) -> Stream
    ) -> Known<[Stream]> {
        guard case .known(let streams) = header, case .known(let others) = deeper else {
            return header.filled(from: deeper)
        }
        return .known(
            streams.map { stream in
                others.first { index($0) == index(stream) }.map { fill(stream, $0) } ?? stream
            })
    }
}

extension VideoFacts {
    /// These facts, with every unknown field filled from a deeper measurement of the same stream.
    public func filled(from deeper: VideoFacts) -> VideoFacts {
        var result = self
        result.codec = codec.filled(from: deeper.codec)
        result.profile = profile.filled(from: deeper.profile)
        result.level = level.filled(from: deeper.level)
        result.width = width.filled(from: deeper.width)
        result.height = height.filled(from: deeper.height)
        result.rotation = rotation.filled(from: deeper.rotation)
        result.sampleAspectRatio = sampleAspectRatio.filled(from: deeper.sampleAspectRatio)
        result.pixelFormat = pixelFormat.filled(from: deeper.pixelFormat)
        result.bitDepth = bitDepth.filled(from: deeper.bitDepth)
        result.frameRate = frameRate.filled(from: deeper.frameRate)
        result.variableFrameRate = variableFrameRate.filled(from: deeper.variableFrameRate)
        result.start = start.filled(from: deeper.start)
        result.duration = duration.filled(from: deeper.duration)
        result.frames = frames.filled(from: deeper.frames)
        result.bitRate = bitRate.filled(from: deeper.bitRate)
        result.color = color.filled(from: deeper.color)
        result.scan = scan.filled(from: deeper.scan)
        result.fieldOrder = fieldOrder.filled(from: deeper.fieldOrder)
        result.referenceFrames = referenceFrames.filled(from: deeper.referenceFrames)
        result.reorderFrames = reorderFrames.filled(from: deeper.reorderFrames)
        result.decodable = decodable.filled(from: deeper.decodable)
        return result
    }
}

extension ColorFacts {
    /// These facts, with every unknown field filled from a deeper measurement of the same stream.
    public func filled(from deeper: ColorFacts) -> ColorFacts {
        var result = self
        result.primaries = primaries.filled(from: deeper.primaries)
        result.transfer = transfer.filled(from: deeper.transfer)
        result.matrix = matrix.filled(from: deeper.matrix)
        result.range = range.filled(from: deeper.range)
        result.dynamicRange = dynamicRange.filled(from: deeper.dynamicRange)
        result.masteringLuminance = masteringLuminance.filled(from: deeper.masteringLuminance)
        result.contentLight = contentLight.filled(from: deeper.contentLight)
        result.dolbyVision = dolbyVision ?? deeper.dolbyVision
        return result
    }
}

extension AudioFacts {
    /// These facts, with every unknown field filled from a deeper measurement of the same stream.
    public func filled(from deeper: AudioFacts) -> AudioFacts {
        var result = self
        result.codec = codec.filled(from: deeper.codec)
        result.profile = profile.filled(from: deeper.profile)
        result.sampleRate = sampleRate.filled(from: deeper.sampleRate)
        result.channels = channels.filled(from: deeper.channels)
        result.channelLayout = channelLayout.filled(from: deeper.channelLayout)
        result.decodable = decodable.filled(from: deeper.decodable)
        result.bitRate = bitRate.filled(from: deeper.bitRate)
        result.start = start.filled(from: deeper.start)
        result.duration = duration.filled(from: deeper.duration)
        return result
    }
}

extension OtherStreamFacts {
    /// These facts, with an unknown codec filled from a deeper measurement of the same stream.
    public func filled(from deeper: OtherStreamFacts) -> OtherStreamFacts {
        var result = self
        result.codec = codec.filled(from: deeper.codec)
        return result
    }
}

extension ImageFacts {
    /// These facts, with every unknown field filled from a deeper measurement of the same image.
    public func filled(from deeper: ImageFacts) -> ImageFacts {
        var result = self
        result.width = width.filled(from: deeper.width)
        result.height = height.filled(from: deeper.height)
        result.orientation = orientation.filled(from: deeper.orientation)
        result.frames = frames.filled(from: deeper.frames)
        result.duration = duration.filled(from: deeper.duration)
        result.loops = loops.filled(from: deeper.loops)
        result.alpha = alpha.filled(from: deeper.alpha)
        result.colorModel = colorModel.filled(from: deeper.colorModel)
        result.bitDepth = bitDepth.filled(from: deeper.bitDepth)
        result.colorProfile = colorProfile.filled(from: deeper.colorProfile)
        result.color = color.filled(from: deeper.color)
        result.furtherPictures = furtherPictures.filled(from: deeper.furtherPictures)
        result.coding = coding.filled(from: deeper.coding)
        result.gainMap = gainMap.filled(from: deeper.gainMap)
        result.decodable = decodable.filled(from: deeper.decodable)
        return result
    }
}
