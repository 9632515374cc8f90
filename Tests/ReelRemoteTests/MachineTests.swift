import ReelModel
import Testing

@testable import ReelRemote

struct RetryPolicyTests {
    static func error(_ kind: RemoteError.Kind, effect: Bool = false) -> RemoteError {
        RemoteError(kind, call: .credits, origin: "o", mayHaveTakenEffect: effect)
    }

    @Test func `a refused token is replaced once`() {
        var policy = RetryPolicy(hasOwnToken: false)
        #expect(policy.on(Self.error(.tokenInvalid(isOwn: false))) == .renewToken)
        #expect(policy.on(Self.error(.tokenInvalid(isOwn: false))) == .giveUp)
    }

    @Test func `the user's own token is never replaced`() {
        var policy = RetryPolicy(hasOwnToken: true)
        #expect(policy.on(Self.error(.tokenInvalid(isOwn: false))) == .giveUp)
    }

    @Test func `after too many requests one pause, then no more`() {
        var policy = RetryPolicy(hasOwnToken: false)
        #expect(policy.on(Self.error(.rateLimited)) == .wait(30))
        #expect(policy.on(Self.error(.rateLimited)) == .giveUp)
    }

    @Test func `a missing client id is made once`() {
        var policy = RetryPolicy(hasOwnToken: false)
        #expect(policy.on(Self.error(.clientIDMissing)) == .renewClientID)
        #expect(policy.on(Self.error(.clientIDMissing)) == .giveUp)
    }

    @Test func `what passes is tried as often as there are pauses`() {
        var policy = RetryPolicy(hasOwnToken: false, waits: RetryPolicy.Waits(transient: [1, 2]))
        #expect(policy.on(Self.error(.unreachable)) == .wait(1))
        #expect(policy.on(Self.error(.serverError(status: 503))) == .wait(2))
        #expect(policy.on(Self.error(.unreachable)) == .giveUp)
    }

    @Test(arguments: [
        RemoteError.Kind.outcomeUnknown, .serverError(status: 502), .rateLimited, .tokenInvalid(isOwn: false),
        .clientIDMissing,
    ])
    func `what may have taken effect is never repeated`(_ kind: RemoteError.Kind) {
        var policy = RetryPolicy(hasOwnToken: false)
        #expect(policy.on(Self.error(kind, effect: true)) == .giveUp)
    }

    @Test(arguments: [
        RemoteError.Kind.sessionNotFound, .outOfCredits(registration: nil), .unsupportedType, .tooLarge, .planTooLow,
        .notFound, .linkExpired, .refused(code: 7), .insecure, .timedOut, .unreadableAnswer, .localFile,
    ])
    func `a definite answer is taken as one`(_ kind: RemoteError.Kind) {
        var policy = RetryPolicy(hasOwnToken: false)
        #expect(policy.on(Self.error(kind)) == .giveUp)
    }
}

struct StreamPaceTests {
    @Test func `two minutes without a word are told, again and again`() {
        var pace = StreamPace(NemoClient.MessageLimits(), now: 100)
        #expect(pace.on(.nothing, now: 219) == .goOn)
        #expect(pace.on(.nothing, now: 220) == .reassure)
        #expect(pace.on(.nothing, now: 300) == .goOn)
        #expect(pace.on(.nothing, now: 340) == .reassure)
        #expect(pace.on(.substance, now: 350) == .goOn)
        #expect(pace.on(.nothing, now: 469) == .goOn)
        #expect(pace.on(.nothing, now: 470) == .reassure)
    }

    @Test func `ten minutes of heartbeats end it`() {
        var pace = StreamPace(NemoClient.MessageLimits(reassurance: 10_000), now: 0)
        #expect(pace.on(.substance, now: 100) == .goOn)
        #expect(pace.on(.nothing, now: 699) == .goOn)
        #expect(pace.on(.nothing, now: 700) == .stop(why: "nothing but heartbeats for 10 min"))
    }

    @Test func `fifteen minutes end it, whatever comes`() {
        var pace = StreamPace(NemoClient.MessageLimits(), now: 0)
        for second in 1..<900 { _ = pace.on(.substance, now: Double(second)) }
        #expect(pace.on(.substance, now: 900) == .stop(why: "no end after 15 min"))
    }
}

struct DownloadCourseTests {
    static let address = WebAddress("https://cdn.example/v.mp4?sig=1")!
    static let waits = RetryPolicy.Waits(transient: [1, 2])
    static let lost = TransportFailure(.cut, origin: "https://cdn.example", mayHaveBeenSent: true, answerHadBegun: true)

    static func head(_ status: Int, _ headers: [String: String] = [:]) -> ResponseHead {
        ResponseHead(status: status, headers: headers.map { ResponseHead.Header(name: $0.key, value: $0.value) })
    }

    static func course() -> DownloadCourse { DownloadCourse(address, mayUseLoopback: false, waits: waits) }

    @Test func `whole at once`() {
        var course = Self.course()
        let head = Self.head(200, ["content-length": "10"])
        #expect(course.headers.isEmpty)
        #expect(course.placement(head) == 0)
        #expect(course.on(head, end: 10, failure: nil, words: nil) == .done(bytes: 10))
    }

    @Test func `cut, then the rest of the same version`() {
        var course = Self.course()
        let first = Self.head(200, ["content-length": "10", "etag": "\"a\""])
        #expect(course.on(first, end: 4, failure: Self.lost, words: nil) == .again(wait: 1))
        #expect(course.headers.map(\.value) == ["bytes=4-", "\"a\""])
        let rest = Self.head(206, ["content-range": "bytes 4-9/10", "etag": "\"a\""])
        #expect(course.placement(rest) == 4)
        #expect(course.on(rest, end: 10, failure: nil, words: nil) == .done(bytes: 10))
    }

    @Test func `cut, and by now another version`() {
        var course = Self.course()
        _ = course.on(
            Self.head(200, ["content-length": "10", "etag": "\"a\""]), end: 4, failure: Self.lost, words: nil)
        let anew = Self.head(200, ["content-length": "6", "etag": "\"b\""])
        #expect(course.placement(anew) == 0)
        #expect(course.on(anew, end: 6, failure: nil, words: nil) == .done(bytes: 6))
    }

    @Test(arguments: [
        ["content-range": "bytes 5-9/10"], ["content-range": "bytes 4-9/11"], [:],
        ["content-range": "bytes 4-9/10", "etag": "\"b\""],
        ["content-range": "bytes 4-9/10", "content-encoding": "gzip"],
    ])
    func `a part that does not fit is not written`(_ headers: [String: String]) {
        var course = Self.course()
        _ = course.on(
            Self.head(200, ["content-length": "10", "etag": "\"a\""]), end: 4, failure: Self.lost, words: nil)
        let part = Self.head(206, headers)
        #expect(course.placement(part) == nil)
        guard case .again = course.on(part, end: nil, failure: nil, words: nil) else {
            Issue.record("it did not begin anew")
            return
        }
        #expect(course.headers.isEmpty)
    }

    @Test(arguments: [[:], ["etag": "W/\"a\""]])
    func `without a version it begins anew`(_ headers: [String: String]) {
        var course = Self.course()
        let head = Self.head(200, ["content-length": "10"].merging(headers) { $1 })
        #expect(course.on(head, end: 4, failure: Self.lost, words: nil) == .again(wait: 1))
        #expect(course.headers.isEmpty)
    }

    @Test func `a part shorter than asked for is gone on with`() {
        var course = Self.course()
        _ = course.on(
            Self.head(200, ["content-length": "10", "last-modified": "Mon"]), end: 4, failure: Self.lost, words: nil)
        let part = Self.head(206, ["content-range": "bytes 4-6/10"])
        #expect(course.on(part, end: 7, failure: nil, words: nil) == .again(wait: 1))
        #expect(course.headers.map(\.value) == ["bytes=7-", "Mon"])
    }

    @Test func `gives up after as many failures without a byte as there are pauses`() {
        var course = Self.course()
        let failure = TransportFailure(.unreachable, origin: "o")
        #expect(course.on(nil, end: nil, failure: failure, words: nil) == .again(wait: 1))
        #expect(course.on(nil, end: nil, failure: failure, words: nil) == .again(wait: 2))
        guard case .fail(let error) = course.on(nil, end: nil, failure: failure, words: nil) else {
            Issue.record("it went on")
            return
        }
        #expect(error.kind == .unreachable)
    }

    @Test(arguments: [401, 403, 404, 410]) func `an address that is not good any more`(_ status: Int) {
        var course = Self.course()
        guard case .fail(let error) = course.on(Self.head(status), end: nil, failure: nil, words: nil) else {
            Issue.record("no failure")
            return
        }
        #expect(error.kind == .linkExpired)
    }

    @Test func `redirects are followed, but not to plain text, and not for ever`() {
        var course = Self.course()
        let next = Self.head(302, ["location": "/other.mp4"])
        #expect(
            course.on(next, end: nil, failure: nil, words: nil) == .follow(WebAddress("https://cdn.example/other.mp4")!)
        )
        let plain = Self.head(302, ["location": "http://cdn.example/other.mp4"])
        guard case .fail(let error) = course.on(plain, end: nil, failure: nil, words: nil) else {
            Issue.record("it followed")
            return
        }
        #expect(error.kind == .insecure)
        for _ in 0..<9 { _ = course.on(next, end: nil, failure: nil, words: nil) }
        guard case .fail = course.on(next, end: nil, failure: nil, words: nil) else {
            Issue.record("it followed for ever")
            return
        }
    }

    @Test func `a page is not a film`() {
        var course = Self.course()
        let page = Self.head(200, ["content-type": "text/html; charset=utf-8"])
        #expect(course.placement(page) == nil)
        guard case .fail(let error) = course.on(page, end: nil, failure: nil, words: nil) else {
            Issue.record("it was taken")
            return
        }
        #expect(error.kind == .unreadableAnswer)
        #expect(
            course.on(Self.head(200, ["content-type": "application/json"]), end: nil, failure: nil, words: nil)
                == .document)
    }

    @Test func `this machine is not to be asked on another's word`() {
        let course = DownloadCourse(WebAddress("http://127.0.0.1:8080/x")!, mayUseLoopback: false, waits: Self.waits)
        #expect(!course.isAllowed)
    }
}
