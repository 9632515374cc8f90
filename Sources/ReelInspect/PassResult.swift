/// How a pass over a file ended.
enum PassResult: Sendable {
    /// What it found holds.
    case complete
    /// Several threads met damage: the file has to be decoded again with one.
    case doubtful
    /// There is nothing to choose parts of: the file has to be decoded whole.
    case indivisible
}
