import Foundation
import ReelModel
import ReelWorker
import Synchronization
import Testing

struct LineTests {
    /// Two connected sockets, closed in the end.
    private final class Pair {
        var ends: [CInt] = [-1, -1]
        init() { #expect(socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &ends) == 0) }
        func closeFirst() {
            close(ends[0])
            ends[0] = -1
        }
        deinit { ends.forEach { _ = close($0) } }
    }

    @Test func `lines arrive whole, in order, with their descriptors`() throws {
        let pair = Pair()
        let folder = try TemporaryFolder()
        let file = try folder.file("a", Array("hello".utf8))
        let sender = LineSender(descriptor: pair.ends[0])
        #expect(sender.send(Array("one".utf8), descriptors: [file.descriptor, file.descriptor]) == 0)
        #expect(sender.send(Array("two".utf8)) == 0)
        var receiver = LineReceiver(descriptor: pair.ends[1], descriptorRoom: 4)
        var lines: [String] = []
        while lines.count < 2 {
            #expect(receiver.fill() == .some)
            while let line = receiver.takeLine() { lines.append(String(decoding: line, as: UTF8.self)) }
        }
        #expect(lines == ["one", "two"])
        let descriptors = receiver.takeDescriptors()
        #expect(descriptors.count == 2)
        #expect(receiver.takeDescriptors() == [])
        for descriptor in descriptors {
            let copy = OpenFile(adopting: descriptor, name: "a")
            var bytes = [UInt8](repeating: 0, count: 5)
            #expect(pread(copy.descriptor, &bytes, 5, 0) == 5)
            #expect(bytes == Array("hello".utf8))
            #expect(fcntl(copy.descriptor, F_GETFD) == FD_CLOEXEC)
        }
    }

    @Test func `descriptors that nobody wants are closed`() throws {
        let pair = Pair()
        var pipe: [CInt] = [-1, -1]
        #expect(Foundation.pipe(&pipe) == 0)
        let sender = LineSender(descriptor: pair.ends[0])
        #expect(sender.send([65], descriptors: [pipe[1]]) == 0)
        close(pipe[1])
        var receiver = LineReceiver(descriptor: pair.ends[1], descriptorRoom: 0)
        #expect(receiver.fill() == .some)
        #expect(receiver.takeDescriptors() == [])
        // The end of the pipe is seen only once every descriptor of its other end has been closed.
        var byte: UInt8 = 0
        #expect(read(pipe[0], &byte, 1) == 0)
        close(pipe[0])
    }

    @Test func `the end is told from silence, and sending to nobody is an error`() {
        let pair = Pair()
        let first = pair.ends[0]
        _ = LineSender(descriptor: first).send([66])
        pair.closeFirst()
        var receiver = LineReceiver(descriptor: pair.ends[1], descriptorRoom: 0)
        #expect(receiver.fill() == .some)
        #expect(receiver.takeLine() == [66])
        #expect(receiver.fill() == .ended)
        #expect(LineSender(descriptor: pair.ends[1]).send([67]) == EPIPE)
    }

    @Test func `a line without an end is given up`() {
        let pair = Pair()
        let sender = LineSender(descriptor: pair.ends[0])
        #expect(sender.send(Array(repeating: 65, count: 2000)) == 0)
        var receiver = LineReceiver(descriptor: pair.ends[1], descriptorRoom: 0, lineLimit: 1000)
        #expect(receiver.fill() == .some)
        #expect(receiver.fill() == .tooLong)
    }

    @Test func `numbers that JSON does not have survive the wire`() throws {
        var facts = Facts(depth: .header, bytes: 1, fileExtension: "mp4", type: .unknown("no reason"))
        facts.duration = .known(.infinity)
        let line = try MessageCoder.line(WorkerReply(id: 1, content: .facts(facts)))
        #expect(!line.contains(UInt8(ascii: "\n")))
        guard case .facts(let back) = try MessageCoder.message(WorkerReply.self, from: line).content else {
            Issue.record("not facts")
            return
        }
        #expect(back == facts)
    }

    @Test func `progress is held between 0 and 1, and never goes back`() {
        let seen = Mutex<[Double]>([])
        let progress = MonotoneProgress { fraction in seen.withLock { $0.append(fraction) } }
        for fraction in [-1, 0.5, 0.25, .nan, 0.5, .infinity, 0.75, 7, 1] { progress.report(fraction) }
        #expect(seen.withLock { $0 } == [0, 0.5, 0.75, 1])
    }
}
