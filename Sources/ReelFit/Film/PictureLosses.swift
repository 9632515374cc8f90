internal import ReelMedia
internal import ReelModel

/// What a picture loses by being coded anew, in words.
enum PictureLosses {
    /// By what is asked for.
    /// - Parameter isThinned: whether every second picture alone is kept, because samples looked better so.
    static func of(_ stream: StreamInfo, _ target: VideoTarget, isThinned: Bool) -> [String] {
        var losses: [String] = []
        if let reframing = target.reframing {
            if reframing.fill == .crop { losses.append("what stood outside the frame was cut off") }
        } else if let shown = stream.displaySize?.even,
            shown.width > target.size.width || shown.height > target.size.height
        {
            losses.append("the picture was made smaller, from \(shown) to \(target.size)")
        }
        if let rate = target.frameRate, let own = stream.averageFrameRate, rate.doubleValue < own.doubleValue * 0.99 {
            let why = isThinned ? ": samples of it looked better so, in the same bytes" : ""
            losses.append("frames were left out, from \(own) to \(rate) per second" + why)
        }
        if let depth = stream.pixelFormat?.bitDepth, depth > 8 {
            losses.append("samples of \(depth) bits became 8 bits")
        }
        if ColorTags.isHDR(stream.colorTransfer) {
            losses.append("the high dynamic range was mapped to the standard one")
        }
        if stream.pixelFormat?.hasAlpha == true, stream.pixelFormat?.isPalette == false {
            losses.append("the transparency of the picture was dropped")
        }
        if stream.rotation == nil { losses.append("the picture's mirroring was not applied") }
        return losses
    }

    /// What the decoder met.
    struct Met: Sendable, Hashable {
        var faults = 0
        var wasInterlaced = false
    }

    /// By what the decoder met.
    static func met(_ result: Met) -> [String] {
        var losses: [String] = []
        if result.wasInterlaced { losses.append("interlaced fields were joined into whole pictures") }
        if result.faults > 0 {
            losses.append("\(result.faults) damaged places of the picture were patched or passed over")
        }
        return losses
    }

    /// By what was left out at the end, for the bytes.
    static func cut(_ pictures: Int) -> [String] {
        switch pictures {
        case 0: []
        case 1:
            [
                "the last picture was left out, and the one before it stays in its place: nothing else went into the bytes"
            ]
        default:
            [
                "the last \(pictures) pictures were left out, and the one before them stays in their place: nothing else went into the bytes"
            ]
        }
    }
}
