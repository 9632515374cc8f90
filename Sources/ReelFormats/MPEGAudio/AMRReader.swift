internal import ReelModel

/// Reads AMR files (RFC 4867, 5): every frame says its size, and lasts 20 ms.
enum AMRReader {
    private static let byteLimit: Int64 = 16 << 20
    private static let narrow = [13, 14, 16, 18, 20, 21, 27, 32, 6, 1, 1, 1, 1, 1, 1, 1]
    private static let wide = [18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 1, 1, 1, 1, 1, 1]

    static func read(_ pager: inout Pager, into facts: inout Facts) throws {
        let head = try pager.bytes(at: 0, count: 16)
        let isWide = head.starts(with: "#!AMR-WB\n")
        guard isWide || head.starts(with: "#!AMR\n") else {
            facts.note(missing: "its several channels are left to a decoder")
            return
        }
        facts.encrypted = .known(false)
        facts.video = .known([])
        facts.others = .known([])
        facts.metadata = .known([])
        var audio = AudioFacts(index: 0, codec: .known(isWide ? "amr_wb" : "amr_nb"))
        audio.sampleRate = .known(isWide ? 16000 : 8000)
        audio.channels = .known(1)
        audio.channelLayout = .known("mono")
        audio.start = .known(0)
        let sizes = isWide ? wide : narrow
        var at: Int64 = isWide ? 9 : 6
        let start = at
        var frames = 0
        var fault: StructureFault?
        while at < pager.length, at < byteLimit {
            guard let mode = try pager.bytes(at: at, count: 1).u8(0) else { break }
            // The upper bit and the lower two are padding, zero.
            if mode & 0x83 != 0 {
                fault = StructureFault(.brokenFraming, offset: at, "what stands behind frame \(frames) is no frame")
                break
            }
            frames += 1
            at += Int64(sizes[mode >> 3 & 15])
        }
        if at >= byteLimit, at < pager.length {
            audio.duration = .unknown("the file is too long to be counted")
        } else {
            let seconds = Double(frames) * 0.02
            audio.duration = .known(seconds)
            if frames > 0 { audio.bitRate = .known(Int64(Double(min(at, pager.length) - start) * 8 / seconds)) }
            facts.missingBytes = .known(max(at - pager.length, 0))
            facts.structureFaults = .known([fault].compactMap { $0 })
        }
        facts.audio = .known([audio])
        facts.duration = audio.duration
        facts.setBitRate()
    }
}
