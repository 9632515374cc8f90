import Foundation
import ReelTestSupport

/// What other programs say of a file, in our words.
enum Judges {
    static func ffprobe(_ fixture: Fixture) throws -> Claims {
        let text = try ExternalTool("ffprobe").run([
            "-v", "quiet", "-of", "json", "-show_format", "-show_streams", fixture.url.path(percentEncoded: false),
        ]).output
        let told = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
        var claims = Claims()
        let format = told["format"] as? [String: Any] ?? [:]
        claims.say("duration", number(format["duration"]))
        claims.say("bitRate", number(format["bit_rate"]))
        for stream in told["streams"] as? [[String: Any]] ?? [] { describe(ffprobe: stream, &claims) }
        return claims
    }

    private static func describe(ffprobe stream: [String: Any], _ claims: inout Claims) {
        let name = "\(stream["index"] as? Int ?? -1)."
        let codec = stream["codec_name"] as? String ?? ""
        claims.say(name + "codec", codec)
        for (field, key) in [
            ("profile", "profile"), ("pixelFormat", "pix_fmt"), ("sampleAspectRatio", "sample_aspect_ratio"),
            ("primaries", "color_primaries"), ("transfer", "color_transfer"), ("matrix", "color_space"),
            ("range", "color_range"), ("channelLayout", "channel_layout"),
        ] {
            let value = stream[key] as? String
            claims.say(name + field, value == "unknown" || value == "N/A" ? nil : value)
        }
        for (field, key) in [
            ("width", "width"), ("height", "height"), ("sampleRate", "sample_rate"), ("channels", "channels"),
            ("frames", "nb_frames"), ("duration", "duration"), ("bitRate", "bit_rate"),
        ] {
            claims.say(name + field, number(stream[key]))
        }
        if stream["codec_type"] as? String == "video" {
            let parts = (stream["avg_frame_rate"] as? String ?? "").split(separator: "/").compactMap { Double($0) }
            if parts.count == 2, parts[1] > 0 { claims.say(name + "frameRate", parts[0] / parts[1]) }
            let turned = (stream["side_data_list"] as? [[String: Any]] ?? []).compactMap { number($0["rotation"]) }
                .first
            // Counter-clockwise there.
            claims.say(name + "rotation", (360 - (turned ?? 0)).truncatingRemainder(dividingBy: 360))
        }
        if let level = stream["level"] as? Int, level >= 0 {
            switch codec {
            case "h264": claims.say(name + "level", Double(level) / 10)
            case "hevc": claims.say(name + "level", Double(level) / 30)
            case "av1": claims.say(name + "level", Double(2 + level / 4) + Double(level % 4) / 10)
            default: break
            }
        }
    }

    /// All at once: one start of the program for all files.
    static func mediainfo(_ fixtures: [Fixture]) throws -> [String: Claims] {
        let paths = fixtures.map { $0.url.path(percentEncoded: false) }
        let text = try ExternalTool("mediainfo").run(["--Output=JSON"] + paths).output
        let told = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]] ?? []
        var all: [String: Claims] = [:]
        for file in told {
            guard let media = file["media"] as? [String: Any], let path = media["@ref"] as? String else { continue }
            var claims = Claims()
            var next = 0
            for track in media["track"] as? [[String: Any]] ?? [] {
                if track["@type"] as? String == "General" {
                    claims.say("duration", number(track["Duration"]))
                } else {
                    let index = (track["StreamOrder"] as? String).flatMap { Int($0) } ?? next
                    next = index + 1
                    describe(mediainfo: track, "\(index).", &claims)
                }
            }
            all[URL(filePath: path).lastPathComponent] = claims
        }
        return all
    }

    private static func describe(mediainfo track: [String: Any], _ name: String, _ claims: inout Claims) {
        let codecs = [
            "AVC": "h264", "HEVC": "hevc", "AV1": "av1", "VP8": "vp8", "VP9": "vp9", "MPEG-4 Visual": "mpeg4",
            "AAC": "aac", "Opus": "opus", "Vorbis": "vorbis",
        ]
        let format = track["Format"] as? String ?? ""
        let kind = track["@type"] as? String
        claims.say(name + "codec", codecs[format])
        if format == "MPEG Audio" {
            claims.say(name + "codec", (track["Format_Profile"] as? String)?.replacing("Layer ", with: "mp"))
        }
        if ["AVC", "HEVC", "AV1"].contains(format) {
            claims.say(name + "profile", track["Format_Profile"] as? String)
            claims.say(name + "level", number(track["Format_Level"]))
        }
        if format == "AAC" { claims.say(name + "profile", track["Format_AdditionalFeatures"] as? String) }
        claims.say(name + "width", number(track["Width"]))
        claims.say(name + "height", number(track["Height"]))
        if kind == "Image" { claims.say("image.bitDepth", number(track["BitDepth"])) }
        if kind == "Video" {
            claims.say(name + "bitDepth", number(track["BitDepth"]))
            claims.say(name + "rotation", number(track["Rotation"]))
            claims.say(name + "frameRate", number(track["FrameRate"]))
            claims.say(name + "frames", number(track["FrameCount"]))
            claims.say(name + "scan", (track["ScanType"] as? String)?.lowercased())
        }
        if kind == "Audio" {
            claims.say(name + "sampleRate", number(track["SamplingRate"]))
            claims.say(name + "channels", number(track["Channels"]))
        }
        claims.say(name + "duration", number(track["Duration"]))
        claims.say(name + "bitRate", number(track["BitRate"]))
    }

    /// For images, all at once.
    static func exiftool(_ fixtures: [Fixture]) throws -> [String: Claims] {
        let paths = fixtures.map { $0.url.path(percentEncoded: false) }
        let text = try ExternalTool("exiftool").run(["-n", "-j"] + paths).output
        var all: [String: Claims] = [:]
        for file in try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]] ?? [] {
            guard let name = file["FileName"] as? String else { continue }
            var claims = Claims()
            claims.say("0.width", number(file["ImageWidth"]))
            claims.say("0.height", number(file["ImageHeight"]))
            claims.say("image.orientation", number(file["Orientation"]))
            claims.say("image.frames", number(file["FrameCount"]) ?? number(file["AnimationFrames"]))
            claims.say("duration", number(file["Duration"]))
            all[name] = claims
        }
        return all
    }

    private static func number(_ value: Any?) -> Double? {
        switch value {
        case let text as String: Double(text)
        case let number as NSNumber: number.doubleValue
        default: nil
        }
    }
}
