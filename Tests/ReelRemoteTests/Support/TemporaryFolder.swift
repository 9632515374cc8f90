import Foundation
import ReelTestSupport

extension TemporaryFolder {
    /// A new file with these bytes, open for reading and writing until the process ends.
    func descriptor(_ name: String, _ bytes: [UInt8] = []) throws -> CInt {
        try Data(bytes).write(to: file(name))
        return open(path(name), O_RDWR | O_CLOEXEC)
    }

    func bytes(_ name: String) -> [UInt8] { (try? Data(contentsOf: file(name))).map(Array.init) ?? [] }
}
