import Testing

@testable import ReelLocalBackend

struct ByteRangeTests {
    @Test(
        arguments: [
            (nil, .whole), ("bytes=0-", .part(0..<100)), ("bytes=10-19", .part(10..<20)),
            ("bytes=90-500", .part(90..<100)),
            ("bytes=-30", .part(70..<100)), ("bytes=-300", .part(0..<100)), ("bytes=100-", .unsatisfiable),
            ("bytes=-0", .unsatisfiable), ("bytes=5-4", .whole), ("bytes=1-2,4-5", .whole), ("pages=1-2", .whole),
            ("bytes=x-", .whole), ("bytes=--5", .whole), ("bytes=", .whole),
        ] as [(String?, ByteRange)])
    func reads(header: String?, range: ByteRange) {
        #expect(ByteRange(header: header, length: 100) == range)
    }
}
