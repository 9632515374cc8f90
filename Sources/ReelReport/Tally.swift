internal import ReelModel

/// How many files came to which verdict.
struct Tally {
    var passed = 0
    var failed = 0
    var unreadable = 0
    /// Files that nobody judged.
    var unjudged = 0

    init(_ files: [FileReport]) {
        for file in files {
            switch file.verdict {
            case .pass: passed += 1
            case .fail: failed += 1
            case .unreadable: unreadable += 1
            case nil: unjudged += 1
            }
        }
    }
}
