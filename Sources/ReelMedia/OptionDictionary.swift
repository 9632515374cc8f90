internal import CFFmpeg
internal import ReelModel

/// The libraries' dictionary for the time of one call. Options that the call did not take are an error: a misspelt
/// option that silently does nothing would be worse.
struct OptionDictionary: ~Copyable {
    var raw: OpaquePointer?

    init(_ options: [String: String]) {
        var raw: OpaquePointer?
        for (key, value) in options { av_dict_set(&raw, key, value, 0) }
        self.raw = raw
    }

    deinit {
        var raw = raw
        av_dict_free(&raw)
    }

    /// Throws where the call left an option over.
    func requireEmpty(_ error: MediaError, _ call: String) throws(Failure) {
        guard let key = dictionary(raw).keys.min() else { return }
        throw Failure(
            .notDone, subject: error.subject, problem: "\(call) knows no option \"\(key)\"",
            remedy: "Check that the libraries are the versions that this was built for", cause: error.log.lastLine)
    }
}

/// The entries of one of the libraries' dictionaries.
func dictionary(_ raw: OpaquePointer?) -> [String: String] {
    var entries: [String: String] = [:]
    var entry: UnsafeMutablePointer<AVDictionaryEntry>?
    while let next = av_dict_get(raw, "", entry, AV_DICT_IGNORE_SUFFIX) {
        entries[String(cString: next.pointee.key)] = String(cString: next.pointee.value)
        entry = next
    }
    return entries
}
