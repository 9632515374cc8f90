internal import ReelMedia
internal import ReelModel

/// What the packets of one stream show, one after another, without decoding. Nothing is allocated for a packet that is
/// as it should be.
struct PacketWatch {
    let info: StreamInfo
    private let origin: PresentationOrigin
    private let framing: (any CodedFraming)?
    private let isPicture: Bool
    private let tellsEntries: Bool
    private let isDense: Bool
    private let mayBeFilled: Bool
    /// Whether a packet's place is that of its first coded byte.
    private let placesAreExact: Bool
    /// Whether the container keeps times of decoding: those of others are the library's guesses.
    private let keepsDecodingTimes: Bool
    /// Whether packets follow one another without a byte between them.
    private let isSeamless: Bool
    private let fileLength: Int64

    private var spans: PresentedSpans
    private var fullest: FullestSecond
    private var keys: KeyFrames
    private var log = FramingLog()
    private var packets = 0
    private var bytes: Int64 = 0
    private var lastDecoding: Int64?
    private var nonMonotonic: [Double] = []
    private var nonMonotonicCount = 0
    private var lacksParameterSets = false
    /// `nil` where no picture's slices were read.
    private var pictures: PacketFacts.PictureKinds?
    private var nextPlace: Int64?

    init(_ info: StreamInfo, _ demuxer: borrowing Demuxer, _ origin: PresentationOrigin) {
        self.info = info
        self.origin = origin
        let format = demuxer.formatName
        isPicture = info.kind == .video && !info.isAttachedPicture
        framing = Framings.framing(of: info, demuxer)
        tellsEntries = Framings.tellsEntries(info.codec) && framing != nil
        isDense = Framings.isDense(info.codec) && !info.isAttachedPicture && !demuxer.isEncrypted(stream: info.index)
        mayBeFilled = Framings.mayBeFilled(info, demuxer)
        placesAreExact = format.hasPrefix("mov,")
        keepsDecodingTimes = !format.hasPrefix("matroska,") && format != "ogg"
        isSeamless = format == "aac" || format == "mp3"
        fileLength = demuxer.length ?? .max
        keys = KeyFrames(framing is H264Framing ? .idr : framing is HEVCFraming ? .random : .mark)
        spans = PresentedSpans(
            // A sample of ISO BMFF lasts until the next one, whatever the distance.
            isPicture: isPicture, lastsUntilNext: isPicture && format.hasPrefix("mov,"), tick: info.timeBase.doubleValue
        )
        fullest = FullestSecond(tick: info.timeBase.doubleValue)
    }

    mutating func see(_ packet: borrowing Packet, _ zeros: inout ZeroRuns) {
        let presented = packet.presentationTime
        let decoded = keepsDecodingTimes ? packet.decodingTime : nil
        seeTimes(packet, presented, decoded)
        let entry = seeFraming(packet, &zeros, at: presented ?? decoded)
        if isPicture {
            keys.add(presented ?? (tellsEntries ? nil : decoded), isKey: packet.isKey, entry)
        }
        packets += 1
        bytes += Int64(packet.size)
    }

    private mutating func seeTimes(_ packet: borrowing Packet, _ presented: Int64?, _ decoded: Int64?) {
        if let time = decoded ?? presented { fullest.add(time, bytes: packet.size) }
        guard info.kind == .video || info.kind == .audio else { return }
        // What an edit list cuts off may be there twice.
        if let decoded, !packet.isDiscarded {
            if let lastDecoding, decoded <= lastDecoding {
                nonMonotonicCount += 1
                if nonMonotonic.count < PacketFacts.limit {
                    nonMonotonic.append(origin.seconds(decoded, info.timeBase))
                }
            }
            lastDecoding = decoded
        }
        if let presented, !packet.isDiscarded { spans.add(presented, duration: packet.duration) }
    }

    private mutating func seeFraming(
        _ packet: borrowing Packet, _ zeros: inout ZeroRuns, at stamp: Int64?
    ) -> PacketReading.Entry? {
        let place = packet.position
        let time = stamp.map { origin.seconds($0, info.timeBase) }
        if isSeamless, let place {
            if let nextPlace, place > nextPlace {
                log.add(
                    .header("\(Figure.grouped(place - nextPlace)) bytes before it belong to nothing"), packet: packets,
                    at: nextPlace, time: time)
            }
            nextPlace = place.clamped(plus: Int64(packet.size))
        }
        guard framing != nil || isDense, !packet.isEncrypted else { return nil }
        let reading: PacketReading = packet.withBytes { raw in
            let coded = CodedBytes(raw)
            if isDense {
                zeros.look(
                    coded, at: placesAreExact ? place : nil, stream: info.index, time: time, mayBeFilled: mayBeFilled)
            }
            return framing?.read(coded) ?? PacketReading()
        }
        if packet.isCorrupt {
            let ends = placesAreExact && (place ?? 0).clamped(plus: Int64(packet.size)) >= fileLength
            log.add(ends ? .fileEnds : .damagedPacket, packet: packets, at: place, time: time)
        } else if let fault = reading.fault {
            log.add(fault, packet: packets, at: place, time: time)
        }
        if reading.lacksParameterSets { lacksParameterSets = true }
        if let picture = reading.picture { count(picture) }
        return reading.entry
    }

    private mutating func count(_ picture: CodedPicture) {
        var kinds = pictures ?? PacketFacts.PictureKinds()
        switch picture.kind {
        case .intra: kinds.intra += 1
        case .predicted: kinds.predicted += 1
        case .bidirectional: kinds.bidirectional += 1
        }
        if picture.isField { kinds.fields += 1 }
        kinds.arithmetic = kinds.arithmetic || picture.isArithmetic
        pictures = kinds
    }

    /// What the log and the bytes showed to be broken.
    var faults: [StructureFault] { log.faults(of: info.index) }

    /// - Parameter span: from the first packet's presentation to the latest end of one.
    func facts(span: TimeRange?) -> PacketFacts {
        var facts = PacketFacts(index: info.index, packets: packets, bytes: bytes, span: span)
        if let most = fullest.most { facts.peakBitRate = .known(most.clamped(times: 8)) }
        facts.nonMonotonic = nonMonotonic
        facts.nonMonotonicCount = nonMonotonicCount
        var spans = spans
        spans.finish()
        facts.gaps = spans.gaps.map(seconds)
        facts.gapCount = spans.gapCount
        facts.overlaps = spans.overlaps.map(seconds)
        facts.overlapCount = spans.overlapCount
        guard isPicture else { return facts }
        let tick = info.timeBase.doubleValue
        if spans.shortest < .max, let span, span.duration > 0 {
            facts.frameRates = .known(
                PacketFacts.FrameRates(
                    minimum: 1 / (Double(spans.longest) * tick), average: Double(spans.count) / span.duration,
                    maximum: 1 / (Double(spans.shortest) * tick)))
        }
        let end = span.map { Int64((($0.end + origin.offset) / tick).rounded().clamped) }
        if let pictures { facts.pictures = .known(pictures) }
        keys.complete(&facts, end: end, tick: tick)
        if tellsEntries, packets > 0 { facts.parameterSetsPresent = .known(!lacksParameterSets) }
        return facts
    }

    private func seconds(_ range: Range<Int64>) -> TimeRange {
        TimeRange(
            start: origin.seconds(range.lowerBound, info.timeBase), end: origin.seconds(range.upperBound, info.timeBase)
        )
    }
}

extension Double {
    /// Within what a time stamp can be.
    fileprivate var clamped: Double { isNaN ? 0 : Swift.min(Swift.max(self, -0x1p62), 0x1p62) }
}

extension Int64 {
    fileprivate func clamped(times factor: Int64) -> Int64 {
        let (product, overflow) = multipliedReportingOverflow(by: factor)
        return overflow ? .max : product
    }
}
