public import Foundation

/// Where the tests find things.
public enum Places {
    /// The package's root.
    public static let root: URL = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Tiny media that are committed with the package.
    public static let fixtures = root.appending(path: "Fixtures")

    /// Public files that live beside the package on some machines; `nil` where they do not.
    public static func shared(_ path: String) -> URL? {
        let url = root.deletingLastPathComponent().appending(path: "shared").appending(path: path)
        return FileManager.default.fileExists(atPath: url.path(percentEncoded: false)) ? url : nil
    }

    /// A program of this package, as it was built with the tests.
    public static func executable(named name: String) -> URL {
        // On Linux the tests are an executable in the folder of the products; elsewhere a bundle in it.
        let bundle = Bundle.allBundles.first { $0.bundleURL.pathExtension == "xctest" }?.bundleURL
        return (bundle ?? Bundle.main.executableURL ?? root).deletingLastPathComponent().appending(path: name)
    }
}
