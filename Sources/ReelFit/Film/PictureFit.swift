internal import ReelMedia
internal import ReelModel

/// Codes the picture of one film as often as the ladder says, each time into the output beside the other streams, and
/// leaves the best of it there.
struct PictureFit {
    private let job: FitJob
    private let order: FilmOrder
    private var coder: PictureCoder
    private let sounds: [OpenMedia]
    private let baseline: Double
    private let store: CodedPictures
    private let times: [Double]

    private var ladder: EncodeLadder
    private var moments: [PictureCoder.Moment] = []
    private var pictures: [CodedPictures.Picture] = []
    /// The pictures of the largest file within the limit.
    private var best: [CodedPictures.Picture] = []
    /// With which all of the film is coded: the decoder's parameters depend on it.
    private var preset = EncoderPreset.medium
    private var met = PictureLosses.Met()
    private var isSized = false
    /// Pictures that were left out at the end.
    private var cut = 0

    /// - Parameter times: of the frames that are expected, in seconds of the file.
    init(
        _ job: FitJob, _ order: FilmOrder, _ coder: PictureCoder, sounds: [OpenMedia], baseline: Double, times: [Double]
    ) throws(Failure) {
        self.job = job
        self.order = order
        self.coder = coder
        self.sounds = sounds
        self.baseline = baseline
        self.times = times
        store = try CodedPictures(job.scratch)
        if times.count < EncodeLadder.short { self.coder.threads = 1 }
        self.coder.expected = Self.kept(times, coder.target.frameRate).count
        let target = coder.target
        func ladder(_ budget: ByteBudget?) -> EncodeLadder {
            EncodeLadder(
                budget: budget, frames: times.count, size: target.size, ceiling: target.ceiling, isFast: target.isFast)
        }
        self.ladder = ladder(nil)
        if let limit = job.maxBytes { self.ladder = ladder(try budget(limit, self.coder)) }
    }

    mutating func carryOut(_ losses: [String], _ progress: ProgressSpan) throws(Failure) -> FitOutcome {
        var done = 0.0
        var inFile: Int64?
        var smallest: Int64?
        while true {
            switch ladder.next() {
            case .giveUp:
                // What nothing was coded for is told by what its worst comes to.
                if smallest == nil { smallest = try carryOut(.worst, progress.part(done, 1)) }
                throw job.over(smallest ?? 0)
            case .accept(let saturated):
                let bytes = ladder.best?.bytes ?? inFile ?? 0
                if let inFile, inFile != bytes { _ = try write(best, coder.describe(preset)) }
                let film = ladder.best?.film ?? ladder.film
                let factor = film.reduce(0) { $0 + $1.factor } / Double(max(film.count, 1))
                return FitOutcome(
                    bytes: try job.output.bytes(), encodes: ladder.count, saturated: saturated,
                    losses: losses + PictureLosses.of(coder.stream, coder.target, isThinned: coder.thinning > 1)
                        + PictureLosses.met(met) + PictureLosses.cut(cut),
                    rateFactor: (factor * 10).rounded() / 10,
                    ceiling: coder.target.ceiling)
            case .encode(let attempt):
                let end = done + (1 - done) * (attempt.extent == .survey ? 0.3 : 0.9)
                let bytes = try carryOut(attempt, progress.part(done, end))
                inFile = bytes ?? inFile
                smallest = [smallest, bytes].compactMap { $0 }.min()
                done = end
                if attempt.extent == .survey, !isSized, !ladder.hasWandered { try chooseSize() }
            }
        }
    }

    /// The bytes of the file with what was coded; `nil` after a survey.
    private mutating func carryOut(
        _ attempt: EncodeLadder.Attempt, _ progress: ProgressSpan
    ) throws(Failure) -> Int64? {
        var first = 0
        if case .from(let place) = attempt.extent { first = place }
        // Groups are closed: what is coded before a key picture is shown before it.
        let run = try coder.run(attempt, moments: moments.isEmpty ? nil : moments[first...], into: store, progress)
        if moments.isEmpty { moments = run.moments }
        if first == 0 { met = run.met }
        guard attempt.extent != .survey else {
            ladder.note(attempt, coded: run.coded, fileBytes: nil)
            return nil
        }
        pictures = pictures.prefix(first) + run.pictures
        preset = attempt.preset
        var bytes = try write(pictures, coder.describe(attempt.preset))
        cut = 0
        if let limit = job.maxBytes, ladder.isLast, bytes > limit {
            bytes = try cutTail(bytes, limit, ofLast: run.pictures.count)
        }
        ladder.note(attempt, coded: run.coded.dropLast(cut), fileBytes: bytes)
        if ladder.best?.bytes == bytes { best = pictures }
        return bytes
    }

    /// Leaves out at the end what is too much, if that is little, and writes the file so.
    private mutating func cutTail(_ whole: Int64, _ limit: Int64, ofLast count: Int) throws(Failure) -> Int64 {
        let all = pictures
        let pace = coder.timing.timeBase.seconds(coder.timing.pace)
        let most = min(TailCut.most(of: all.count, pace: pace), count - 1)
        let stream = try coder.describe(preset)
        var left = TailCut.count(all.map(\.bytes), excess: whole - limit, most: most) ?? most + 1
        while left <= most {
            pictures = all.dropLast(left)
            let bytes = try write(pictures, stream, upTo: all.map(\.time).max())
            if bytes <= limit {
                cut = left
                return bytes
            }
            left += 1
        }
        pictures = all
        return try write(all, stream)
    }

    /// Takes the size at which samples look best for the bytes that there are, and learns what these do there.
    private mutating func chooseSize() throws(Failure) {
        let full = coder.target.size
        isSized = true
        guard let needed = ladder.needed, needed > coder.target.ceiling - Self.saturated,
            let surveyed = ladder.surveyedFactor, let share = ladder.surveyedShare
        else { return }
        let sizes = coder.target.sizing == .measured ? SizeSearch.sizes(full) : [full]
        let samples = try PictureSamples(coder, moments, bytes: ladder.surveyedBytes)
        let told = try samples.bytes(full, factor: surveyed, ladder.surveyPreset)
        guard told > 0 else { return }
        let aim = told / share
        let chosen = try choice(of: sizes, samples, aim: aim, needed: needed)
        let size = sizes[chosen.scale]
        if chosen.isThinned, let (thin, budget) = try thinned() {
            let (kept, shown) = thin.thinned(moments)
            coder = thin
            moments = kept
            ladder.thin(budget, shown: shown)
            if kept.count < EncodeLadder.short { coder.threads = 1 }
        }
        coder = coder.resized(to: size)
        ladder.resize(pixels: Self.pixels(size, full), chosen.curve)
    }

    /// The size, and whether every picture is kept or every second, where that measures better.
    private func choice(
        of sizes: [Size], _ samples: PictureSamples, aim: Double, needed: Double
    ) throws(Failure) -> ThinningSearch.Choice {
        func measure(_ scale: Int, _ factor: Double, _ thinning: Int) throws(Failure) -> SampledFactors.Result {
            let preset = ladder.preset(pixels: Self.pixels(sizes[scale], coder.target.size))
            return try samples.measure(sizes[scale], factor: factor, preset, thinning: thinning)
        }
        var search = SizeSearch(aim: aim, guess: needed, count: sizes.count)
        var chosen: SizeSearch.Choice?
        while chosen == nil {
            switch search.next() {
            case .measure(let trial): search.note(trial, try measure(trial.scale, trial.factor, 1))
            case .choose(let choice): chosen = choice
            }
        }
        let all = chosen ?? SizeSearch.Choice(scale: 0)
        let whole = ThinningSearch.Choice(isThinned: false, scale: all.scale, curve: all.curve)
        guard coder.target.mayThin, let decibels = all.decibels, let before = ladder.picture else { return whole }
        let likeness = try samples.likeness(thinning: ThinningSearch.step)
        guard ThinningSearch.isPromising(likeness: likeness, decibels: decibels),
            let after = try thinned()?.1.picture
        else { return whole }
        let aims = (aim, aim * Double(after) / Double(before))
        var thinning = ThinningSearch(all, needed: search.needed ?? needed, aims: aims, likeness: likeness)
        while true {
            switch thinning.next() {
            case .measure(let trial):
                thinning.note(trial, try measure(trial.scale, trial.factor, ThinningSearch.step))
            case .choose(let choice): return choice
            }
        }
    }

    /// With every second picture alone, where they have a steady pace.
    private func thinned() throws(Failure) -> (PictureCoder, ByteBudget)? {
        guard let limit = job.maxBytes, let thin = coder.thinned(by: ThinningSearch.step) else { return nil }
        return (thin, try budget(limit, thin))
    }

    /// So much better than the ceiling a film has to be able to be for nothing to be asked about it.
    private static let saturated = 1.0

    private static func pixels(_ size: Size, _ full: Size) -> Double {
        Double(size.width * size.height) / Double(full.width * full.height)
    }

    // MARK: The file

    /// - Parameter end: when the last picture would be shown, where some were left out.
    private func write(
        _ pictures: [CodedPictures.Picture], _ stream: CodedStream, upTo end: Int64? = nil,
        by coder: PictureCoder? = nil
    ) throws(Failure) -> Int64 {
        let coder = coder ?? self.coder
        let file = try FilmFile(job, order, sounds: sounds, baseline: baseline, picture: stream)
        let span = (pictures.map(\.time).max() ?? 0) - (pictures.first?.time ?? 0)
        var lasting = pictures.count > 1 ? max(span / Int64(pictures.count - 1), 1) : coder.timing.pace
        if let end { lasting += max(end - (pictures.map(\.time).max() ?? end), 0) }
        if let longest = coder.longest {
            let left = FrameClock(coder.timing).ticks(by: longest) - Double(pictures.map(\.time).max() ?? 0)
            lasting = max(min(lasting, Int64(saturating: left)), 1)
        }
        if coder.thinning > 1 {
            // It stands for those that were left out behind it, of which there may be fewer than elsewhere.
            let left = FrameClock(coder.timing).ticks(by: coder.seconds) - Double(pictures.map(\.time).max() ?? 0)
            let one = lasting / Int64(coder.thinning)
            lasting =
                one * min(max(Int64(saturating: (left / Double(max(one, 1))).rounded()), 1), Int64(coder.thinning))
        }
        try file.write(pictures, from: store, lasting: lasting)
        try file.finish()
        return try job.output.bytes()
    }

    /// When the pictures are shown that are left at that rate.
    private static func kept(_ times: [Double], _ rate: Rational?) -> [Double] {
        guard let rate else { return times }
        var picker = FramePicker(rate: rate, first: nil)
        return times.compactMap { picker.place($0) }
    }

    /// Counts what a file has besides its pictures, by writing one with pictures of next to nothing.
    private func budget(_ limit: Int64, _ coder: PictureCoder) throws(Failure) -> ByteBudget {
        var clock = FrameClock(coder.timing)
        var trial: [CodedPictures.Picture] = []
        // Where all have one size, no table of sizes is written.
        let empty: [UInt8] = [0, 0, 0, 1, 0x41, 0x80]
        for seconds in Self.kept(times, coder.target.frameRate) {
            let time = clock.time(seconds - baseline)
            let isKey = trial.isEmpty
            trial.append(
                try empty[..<(isKey ? 6 : 5)].withUnsafeBufferPointer { (bytes) throws(Failure) in
                    try store.add(UnsafeRawBufferPointer(bytes), time: time, isKey: isKey)
                })
        }
        // One picture is decoded before another that is shown earlier, so that there is a table of that.
        if trial.count > 2 { trial.swapAt(1, 2) }
        let bytes = try write(trial, coder.describe(.medium), by: coder)
        return ByteBudget(
            limit: limit, trial: bytes, trialPictures: trial.reduce(0) { $0 + Int64($1.bytes) }, keys: 1,
            runs: CodedPictures.Picture.runs(trial))
    }
}
