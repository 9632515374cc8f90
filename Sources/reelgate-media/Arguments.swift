/// What the front says when it starts the worker. Nothing of it comes from a file or from the network.
struct Arguments {
    /// Bytes of address space.
    var memoryLimit: UInt64?
    /// Bytes of the largest file that may be written.
    var fileSizeLimit: UInt64?
    /// Whether names of files can order misbehaviour: in debug builds, for the tests of whoever has to cope with it.
    var misbehaves = false

    /// Whether it makes do as on a kernel that has no Landlock: in debug builds, for the tests.
    var withoutLandlock = false

    /// `nil` where they make no sense.
    init?(_ words: some Sequence<String>) {
        var words = words.makeIterator()
        while let word = words.next() {
            switch word {
            case "--memory-limit":
                guard let limit = words.next().flatMap(UInt64.init) else { return nil }
                memoryLimit = limit
            case "--file-size-limit":
                guard let limit = words.next().flatMap(UInt64.init) else { return nil }
                fileSizeLimit = limit
            #if DEBUG
                case "--misbehave": misbehaves = true
                case "--without-landlock": withoutLandlock = true
            #endif
            case _: return nil
            }
        }
    }
}
