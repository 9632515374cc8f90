import Foundation

// Where libFuzzer comes in. One program holds every target; the environment says which is meant, because the
// arguments are libFuzzer's own.

/// The target that this process feeds.
nonisolated(unsafe) private var target: FuzzTarget?

@c(LLVMFuzzerInitialize)
public func initialize(
    _ count: UnsafeMutablePointer<CInt>?, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> CInt {
    let environment = ProcessInfo.processInfo.environment
    guard let name = environment["FUZZ_TARGET"] else {
        for target in FuzzTarget.all { print(target.name) }
        exit(0)
    }
    guard let found = FuzzTarget.named(name) else {
        FileHandle.standardError.write(Data("fuzz: there is no target \(name)\n".utf8))
        exit(64)
    }
    target = found
    if environment["FUZZ_EVERY"] != nil {
        tryEveryDamage(found)
        exit(0)
    }
    if let folder = environment["FUZZ_WRITE_SEEDS"] {
        writeSeeds(of: found, to: URL(filePath: folder))
        exit(0)
    }
    return 0
}

@c(LLVMFuzzerTestOneInput)
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    if let complaint = target?.complaint(input) { fatalError(complaint) }
    return 0
}

/// Reads names of files from standard input and writes what is in them for this target.
private func writeSeeds(of target: FuzzTarget, to folder: URL) {
    while let path = readLine() {
        guard let bytes = try? Data(contentsOf: URL(filePath: path)), bytes.count <= 256 << 10 else { continue }
        for (index, seed) in target.seeds(Array(bytes)).enumerated() {
            let name = "\(path.split(separator: "/").suffix(2).joined(separator: "-"))-\(index)"
            try? Data(seed).write(to: folder.appending(path: name))
        }
    }
}

/// Reads names of files from standard input; cuts each at every offset, and changes every byte of its first pages.
private func tryEveryDamage(_ target: FuzzTarget) {
    var inputs = 0
    var complaints = 0
    while let path = readLine() {
        guard let data = try? Data(contentsOf: URL(filePath: path)), data.count < 64 << 10 else { continue }
        let bytes = Array(data)
        let damaged: [any Sequence<[UInt8]>] = [
            Damage.cuts(of: bytes, at: bytes.indices), Damage.changes(of: bytes, at: 0..<min(bytes.count, 8 << 10)),
            Damage.impossibleSizes(of: bytes),
        ]
        for sequence in damaged {
            for input in sequence {
                inputs += 1
                guard let complaint = target.complaint(input) else { continue }
                complaints += 1
                print("\(path): \(complaint)")
            }
        }
    }
    print("\(inputs) damaged files, \(complaints) complaints")
    if complaints > 0 { exit(1) }
}
