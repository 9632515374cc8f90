internal import ReelModel

/// What the frames of the main picture stream showed, as JSON.
enum PictureJSON {
    static func json(_ picture: PictureMeasurements) -> JSON {
        ["stream": JSON(picture.stream), "frames": JSON(picture.frames)]
    }
}
