/// A question with a few answers, each of them named.
protocol SwitchValue: RawRepresentable<String>, CaseIterable, Sendable {}

enum RepeatedToken: String, SwitchValue { case same, refused = "429" }
enum RenewedUser: String, SwitchValue { case new, same }
enum TokenAnswer: String, SwitchValue { case full, tokenOnly = "token-only" }
enum Expiry: String, SwitchValue { case iso, seconds, milliseconds }
enum MissingAttribution: String, SwitchValue { case exports, outOfCredits = "out-of-credits", everywhere }

enum EnvelopeForm: String, SwitchValue { case code, textCode = "text-code", success, nested, bare }
enum ErrorBody: String, SwitchValue { case envelope, success, nested, detail }
enum ErrorStatus: String, SwitchValue { case http, ok = "200" }
enum NumberForm: String, SwitchValue { case number, text }

enum UnknownSession: String, SwitchValue { case agent, envelope }
enum BusySession: String, SwitchValue { case refuse = "409", rateLimit = "429", run, stale }
enum Disconnect: String, SwitchValue { case survives, cancels }
enum FreshDraft: String, SwitchValue { case null, missing, empty }
enum DraftForm: String, SwitchValue { case object, text }
enum SegmentKeys: String, SwitchValue { case short, long }
enum MediaLists: String, SwitchValue { case list, dictionary }
enum CanvasForm: String, SwitchValue { case size, ratio, none }
enum UploadAnswer: String, SwitchValue { case files, top, list, single }

enum EventDialect: String, SwitchValue { case adk, typed, text, chunks }
enum HeartbeatForm: String, SwitchValue {
    case emptyData = "empty-data", spaced, comment, event, word, typed, object, mixed, none
}
enum Partials: String, SwitchValue { case deltas, cumulative, only, none }
enum ErrorLine: String, SwitchValue { case adk2 = "adk-2.13", adk1 = "adk-1.25", unescaped = "adk-1.4" }
enum LineEnd: String, SwitchValue { case lf, crlf }
enum StreamEnd: String, SwitchValue { case close, done, unfinished }
enum MessageRefusal: String, SwitchValue { case json, stream }
enum Generation: String, SwitchValue { case oneStage = "one-stage", twoStage = "two-stage" }

enum RenderDialect: String, SwitchValue { case a = "A", b = "B" }
enum SubmitAnswer: String, SwitchValue { case status, envelope, bare }
enum RenderWords: String, SwitchValue { case published, synonyms, upper }
enum AddressForm: String, SwitchValue { case absolute, relative }
enum Fallback: String, SwitchValue { case bytes, json, redirect }
enum Offer: String, SwitchValue { case offered, absent }
