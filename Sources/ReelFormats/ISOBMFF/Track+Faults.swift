internal import ReelModel

/// What contradicts itself in a track once tables, fragments and edits are known.
extension Track {
    /// - Parameters:
    ///   - stream: the track's place among the file's streams.
    ///   - movieTimescale: of the edits.
    ///   - mayHaveFragments: whether samples may be elsewhere than in the tables.
    func allFaults(stream: Int, movieTimescale: Int, mayHaveFragments: Bool) -> [StructureFault] {
        var all = faults
        func note(
            _ kind: StructureFault.Kind, offset: Int64? = nil, bytes: Int64? = nil, time: Double? = nil, _ words: String
        ) {
            all.note(kind, offset: offset, bytes: bytes, time: time, words)
        }
        let samples = tables.samples.saturatingAdd(fragments.samples)
        let isMedia = handler == "vide" || handler == "soun"

        if isExternal {
            note(.samplesOutsideFile, offset: place, "the track's \(samples) samples are in another file (dref)")
        }
        for found in [tables.outside, fragments.outside] where found.count > 0 && !isExternal {
            note(
                .samplesOutsideFile, offset: found.offset, time: time(of: found, movieTimescale: movieTimescale),
                "\(found.count) of \(samples) samples lie past the file's end")
        }
        if timescale == 0 {
            note(.brokenTiming, offset: place, "the track's clock has zero ticks a second (mdhd)")
        }
        if isMedia, tables.timing.samples.saturatingAdd(fragments.samples) > 1, tables.duration == 0,
            fragments.span == 0
        {
            note(.brokenTiming, offset: place, "the track's \(samples) samples last no time")
        }
        if isMedia, samples == 0, !mayHaveFragments, let length = mediaDuration, length > 0, timescale > 0 {
            let seconds = (Double(length) / Double(timescale) * 1000).rounded() / 1000
            note(.brokenIndex, offset: place, "the track says that it lasts \(seconds) s and has no samples")
        }
        if isMedia, entry == nil {
            note(.brokenIndex, offset: place, "the track has no sample description (stsd)")
        }
        if let flaw = entry?.flaw, entry?.isProtected == false { note(.brokenFraming, offset: place, flaw) }
        if fragments.backwards > 0 {
            note(
                .brokenTiming, offset: place,
                "\(fragments.backwards) fragments begin before the one before them has ended (tfdt)")
        }
        if isMedia, samples > 0, let media = ticks,
            let edit = edits.edits.first(where: { $0.mediaTime > media }), media > 0
        {
            note(
                .brokenTiming, offset: place,
                "an edit begins at tick \(edit.mediaTime) of media that has \(media) ticks (elst)")
        }
        for index in all.indices { all[index].stream = stream }
        return all
    }

    /// Seconds from the start of the presentation to the first such sample.
    private func time(of samples: OutsideSamples, movieTimescale: Int) -> Double? {
        guard timescale > 0, let ticks = samples.ticks else { return nil }
        let skipped = edits.edits.first { $0.mediaTime >= 0 }?.mediaTime ?? 0
        let shown = Double(ticks.saturatingAdd(tables.firstCompositionOffset).saturatingAdd(-skipped))
        return max(shown / Double(timescale), 0) + edits.delay(movieTimescale: movieTimescale)
    }
}
