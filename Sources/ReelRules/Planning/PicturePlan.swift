internal import ReelModel

/// The plan for an image.
struct PicturePlan {
    private let facts: Facts
    private let type: FileType
    private let demand: Demand
    private let image: ImageFacts

    /// No larger picture is made, so that a decoder's memory stays bounded.
    private static let bound = 16_384
    /// Lossless sources up to that many pixels, mostly drawings and screens, stay lossless.
    private static let smallPixels = 2_000_000
    /// Bytes per pixel: PNG of one sample, and JPEG at high quality.
    private static let pngSample = 0.6
    private static let jpegPixel = 0.4
    /// The least that a picture worth looking at takes.
    private static let leastBytes: Int64 = 2000

    /// Of its bytes, an animation needs about so many for one palette and only what differs from picture to picture.
    private static let nearlyEnough = 0.7
    /// With fewer of its bytes nothing can be seen in it any more.
    private static let leastShare = 0.004

    /// Types whose notes are left out without decoding the picture.
    private static let strippable: Set<FileType> = [.jpg, .png, .webp, .gif]

    init(_ facts: Facts, _ type: FileType, _ demand: Demand) {
        self.facts = facts
        self.type = type
        self.demand = demand
        image = facts.image ?? ImageFacts()
    }

    func planned() -> Planned {
        if demand.videoRequired { return .impossible(leastBytes: nil, why: "it is a still picture") }
        let shown = image.displaySize.value
        let limited = demand.profile.maxLongSide != nil || demand.profile.maxShortSide != nil
        let sizeFine = !limited || shown.map { demand.takes($0) } ?? false
        let objections = Objections(to: facts, by: demand.profile)
        if demand.takes(type), demand.fits(facts.bytes), sizeFine, demand.isAlone(facts), objections.cures.isEmpty {
            if demand.mayTell(facts) { return demand.keep(facts, type) }
            if Self.strippable.contains(type) {
                let orientation = image.orientation.value ?? 1
                return demand.plan([.stripImage(orientation: orientation)], type, .known(facts.bytes))
            }
        }
        if let why = objections.hopeless.first { return .impossible(leastBytes: nil, why: why) }
        if let frames = image.frames.value, frames > 1 { return animated(frames) }
        return still(shown)
    }

    private func still(_ shown: Size?) -> Planned {
        let accepted = Conversion.pictures.filter { demand.takes($0) }
        guard let first = accepted.first else {
            return .impossible(
                leastBytes: nil, why: "\(demand.profile.name) takes no type of picture that can be written")
        }
        if let most = demand.maxBytes, most < Self.leastBytes {
            let why = "no picture worth looking at goes into \(Figure.size(most))"
            return .impossible(leastBytes: Self.leastBytes, why: why)
        }
        let bound = Size(width: Self.bound, height: Self.bound)
        guard let shown, shown.width > 0, shown.height > 0 else {
            // The size is found out by whoever decodes it; the limit holds all the same.
            let target = ImageTarget(maxSize: limits(bound), orientation: image.orientation.value ?? 1)
            return demand.plan([.convertImage(target)], first, .unknown("the size of the picture is not known"))
        }
        let lossless =
            accepted.contains(.png)
            && (keepsTransparency || isSmallAndLossless(shown) && (first == .png || isLikelyToFit(shown)))
        let output = lossless ? FileType.png : first
        let perPixel = output == .png ? Self.pngSample * (keepsTransparency ? 4 : 3) : Self.jpegPixel
        var size = limits(shown.bounded(by: Self.bound))
        var predicted = perPixel * Double(size.width) * Double(size.height)
        if let most = demand.maxBytes.map({ Double($0) }), predicted > most {
            size = size.scaled(by: (most / predicted).squareRoot())
            predicted = min(perPixel * Double(size.width) * Double(size.height), most)
        }
        let target = ImageTarget(maxSize: size, orientation: image.orientation.value ?? 1)
        return demand.plan([.convertImage(target)], output, .known(max(Int64(saturating: predicted), 1)))
    }

    /// An animation becomes smaller as what it is, where so few bytes are too many that it can stay nearly as it looks,
    /// or where the destination takes no film; else it becomes a film.
    private func animated(_ frames: Int) -> Planned {
        if type == .gif, demand.takes(.gif) {
            let isNear = demand.maxBytes.map { Double($0) >= Double(facts.bytes) * Self.nearlyEnough } ?? true
            let film = isNear ? nil : self.film(frames)
            if case .plan = film {} else if let smaller = smaller { return smaller }
        }
        return film(frames)
    }

    /// The same animation, still a GIF; `nil` where its size is not known, or nothing would be left of it.
    private var smaller: Planned? {
        guard let shown = image.displaySize.value, shown.width > 0, shown.height > 0 else { return nil }
        if let most = demand.maxBytes, Double(most) < Double(facts.bytes) * Self.leastShare { return nil }
        let bytes = min(facts.bytes, demand.maxBytes ?? .max)
        return demand.plan(
            [.convertAnimation(ImageTarget(maxSize: limits(shown), orientation: 1))], .gif, .known(bytes))
    }

    private func film(_ frames: Int) -> Planned {
        let decodable = [FileType.gif, .png].contains(type)
        let isFilmPlace = [Profile.Medium.any, .video].contains(demand.profile.medium)
        guard decodable, isFilmPlace, demand.takes(.mp4), demand.takes(video: "h264"),
            let shown = image.displaySize.value,
            shown.width > 0, shown.height > 0, let duration = image.duration.value, duration > 0
        else {
            let why = "its animation of \(frames) frames would be lost, and \(type.name) cannot be made smaller here"
            return .impossible(leastBytes: nil, why: why)
        }
        var film = facts
        var video = VideoFacts(index: 0, codec: .known(type.id))
        video.width = .known(shown.width)
        video.height = .known(shown.height)
        video.sampleAspectRatio = .known(Rational(1))
        let rate = Double(frames) / duration
        video.frameRate = Known(
            rate < 1e6 ? Rational(Int64(saturating: (rate * 1000).rounded()), 1000) : nil, else: "it cannot be counted")
        film.image = nil
        film.video = .known([video])
        film.audio = .known([])
        film.duration = .known(duration)
        return FilmPlan(film, type, demand).planned()
    }

    // MARK: Conditions

    private var keepsTransparency: Bool { image.alpha.value == true || image.colorModel.value == "palette" }

    private func isSmallAndLossless(_ size: Size) -> Bool {
        [.bmp, .tiff, .psd, .ico, .png, .gif].contains(type) && size.width <= Self.smallPixels / max(size.height, 1)
    }

    /// Whether a lossless copy goes into the bytes as it is: else a lossy one shows more.
    private func isLikelyToFit(_ size: Size) -> Bool {
        let predicted = Int64(saturating: Self.pngSample * 3 * Double(size.width) * Double(size.height))
        // What is well packed already tells best.
        return demand.fits(type == .png || type == .gif ? min(facts.bytes, predicted) : predicted)
    }

    /// As large as the limits on its sides allow; pictures may have odd sides.
    private func limits(_ size: Size) -> Size { demand.takes(size) ? size : demand.within(size) }
}

extension Size {
    fileprivate func bounded(by side: Int) -> Size {
        longSide <= side ? self : scaled(by: Double(side) / Double(longSide))
    }
}
