internal import ReelModel

/// What the blocks of the main sound stream showed, as JSON.
enum SoundJSON {
    static func json(_ sound: SoundMeasurements) -> JSON {
        ["stream": JSON(sound.stream)]
    }
}
