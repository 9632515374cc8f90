internal import Foundation
public import ReelModel

/// What the files on a command line stand for: a path, a folder with all below it, `-` for a list on
/// standard input, or an address, which is passed on.
public enum InputList {
    /// Paths in a settled order: as given, folders by name. Hidden files in folders are passed over. A path that does
    /// not exist is kept, so that it is reported in its place.
    /// - Parameter standardInput: reads the list that `-` stands for, one path a line.
    public static func expand(_ given: [String], standardInput: () -> String) throws(Failure) -> [String] {
        var paths: [String] = []
        for item in given {
            if item == "-" {
                paths += standardInput().split(whereSeparator: \.isNewline).map(String.init)
            } else if item.contains("://") {
                paths.append(item)
            } else {
                paths += isFolder(item) ? try files(below: item) : [item]
            }
        }
        return paths
    }

    private static func isFolder(_ path: String) -> Bool {
        var folder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &folder) && folder.boolValue
    }

    private static func files(below folder: String) throws(Failure) -> [String] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw Failure(
                .unreadable, subject: folder, problem: "the folder cannot be listed", remedy: "Check its permissions",
                cause: error.localizedDescription)
        }
        var paths: [String] = []
        for name in names.sorted() where !name.hasPrefix(".") {
            let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
            if isFolder(path) {
                // A link to a folder could lead back up.
                let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
                if !isLink { paths += try files(below: path) }
            } else {
                paths.append(path)
            }
        }
        return paths
    }
}
