internal import CFFmpeg
internal import ReelModel

extension StreamInfo {
    init(_ stream: UnsafeMutablePointer<AVStream>) {
        let parameters = stream.pointee.codecpar.pointee
        index = Int(stream.pointee.index)
        kind = Kind(parameters.codec_type)
        codec = String(cString: avcodec_get_name(parameters.codec_id))
        codecTag = Self.fourCharacters(parameters.codec_tag)
        profile =
            avcodec_profile_name(parameters.codec_id, parameters.profile).map { String(cString: $0) }
            ?? (parameters.profile == FF_PROFILE_UNKNOWN ? nil : "\(parameters.profile)")
        level = parameters.level == FF_LEVEL_UNKNOWN ? nil : Int(parameters.level)
        timeBase = Rational(stream.pointee.time_base) ?? .microsecond
        start = timeStamp(stream.pointee.start_time)
        duration = timeStamp(stream.pointee.duration).flatMap { $0 > 0 ? $0 : nil }
        frames = stream.pointee.nb_frames > 0 ? stream.pointee.nb_frames : nil
        bitRate = parameters.bit_rate > 0 ? parameters.bit_rate : nil
        metadata = dictionary(stream.pointee.metadata)
        isAttachedPicture = stream.pointee.disposition & AV_DISPOSITION_ATTACHED_PIC != 0
        isDefault = stream.pointee.disposition & AV_DISPOSITION_DEFAULT != 0
        if kind == .video { readPicture(stream, parameters) }
        if kind == .audio { readSound(stream) }
    }

    private mutating func readPicture(
        _ stream: UnsafeMutablePointer<AVStream>, _ parameters: AVCodecParameters
    ) {
        if parameters.width > 0, parameters.height > 0 {
            size = Size(width: Int(parameters.width), height: Int(parameters.height))
        }
        pixelFormat = PixelFormat(AVPixelFormat(parameters.format))
        // The container's word goes before the stream's, as players take it.
        sampleAspectRatio =
            Rational(stream.pointee.sample_aspect_ratio) ?? Rational(parameters.sample_aspect_ratio)
        averageFrameRate = Rational(stream.pointee.avg_frame_rate)
        baseFrameRate = Rational(stream.pointee.r_frame_rate)
        rotation = Self.rotation(stream)
        scan = Self.scan(parameters.field_order)
        if parameters.color_primaries != AVCOL_PRI_UNSPECIFIED {
            colorPrimaries = av_color_primaries_name(parameters.color_primaries).map { String(cString: $0) }
        }
        if parameters.color_trc != AVCOL_TRC_UNSPECIFIED {
            colorTransfer = av_color_transfer_name(parameters.color_trc).map { String(cString: $0) }
        }
        if parameters.color_space != AVCOL_SPC_UNSPECIFIED {
            colorMatrix = av_color_space_name(parameters.color_space).map { String(cString: $0) }
        }
        if parameters.color_range != AVCOL_RANGE_UNSPECIFIED {
            colorRange = av_color_range_name(parameters.color_range).map { String(cString: $0) }
        }
    }

    private mutating func readSound(_ stream: UnsafeMutablePointer<AVStream>) {
        let parameters: UnsafeMutablePointer<AVCodecParameters> = stream.pointee.codecpar
        sampleRate = parameters.pointee.sample_rate > 0 ? Int(parameters.pointee.sample_rate) : nil
        channels = parameters.pointee.ch_layout.nb_channels > 0 ? Int(parameters.pointee.ch_layout.nb_channels) : nil
        channelLayout = channels == nil ? nil : ChannelLayout.name(of: &parameters.pointee.ch_layout)
        sampleFormat = SampleFormat(AVSampleFormat(parameters.pointee.format))
    }

    private static func fourCharacters(_ tag: UInt32) -> String? {
        let bytes = (0..<4).map { UInt8(truncatingIfNeeded: tag >> ($0 * 8)) }
        guard bytes.allSatisfy({ (0x20..<0x7F).contains($0) }) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// From the display matrix (ISO/IEC 14496-12, 6.2.2), which turns the picture; quarter turns only.
    private static func rotation(_ stream: UnsafeMutablePointer<AVStream>) -> Int? {
        guard let data = av_stream_get_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, nil) else { return 0 }
        return data.withMemoryRebound(to: Int32.self, capacity: 9) { matrix in
            // Mirrored: the determinant of the turning part is negative.
            let determinant =
                Double(matrix[0]) * Double(matrix[4]) - Double(matrix[1]) * Double(matrix[3])
            guard determinant > 0 else { return nil }
            // The library's angle is counter-clockwise.
            let clockwise = -av_display_rotation_get(matrix)
            guard clockwise.isFinite, abs((clockwise / 90).rounded() * 90 - clockwise) < 1 else { return nil }
            return ((Int((clockwise / 90).rounded()) % 4 + 4) % 4) * 90
        }
    }

    private static func scan(_ order: AVFieldOrder) -> String? {
        switch order {
        case AV_FIELD_UNKNOWN: nil
        case AV_FIELD_PROGRESSIVE: "progressive"
        default: "interlaced"
        }
    }

    /// The level as the codec's standard writes it (`4.0`, `1b`); `nil` where it is not known.
    public var levelName: String? {
        guard let level, level > 0 else { return nil }
        return switch codec {
        // ITU-T H.264, A.3: level_idc is ten times the level; 9 is 1b.
        case "h264": level == 9 ? "1b" : "\(level / 10).\(level % 10)"
        // ITU-T H.265, A.4: general_level_idc is thirty times the level.
        case "hevc": "\(level / 30).\(level % 30 / 3)"
        // AV1, A.3: seq_level_idx counts minor levels, four to a major one, from 2.0.
        case "av1": level < 24 ? "\(2 + level >> 2).\(level & 3)" : nil
        default: "\(level)"
        }
    }
}

extension StreamInfo.Kind {
    init(_ type: AVMediaType) {
        self =
            switch type {
            case AVMEDIA_TYPE_VIDEO: .video
            case AVMEDIA_TYPE_AUDIO: .audio
            case AVMEDIA_TYPE_SUBTITLE: .subtitle
            case AVMEDIA_TYPE_DATA: .data
            case AVMEDIA_TYPE_ATTACHMENT: .attachment
            default: .other
            }
    }
}
