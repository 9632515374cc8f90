internal import Foundation

/// What the files on a command line stand for: a path, a folder with all below it, `-` for a list on
/// standard input, or an address, which is passed on.
public enum InputList {
    /// Paths in a settled order: as given, folders by name. Hidden files in folders are passed over. A path that does
    /// not exist is kept, and so is a folder that cannot be listed, so that each is reported in its place.
    /// - Parameter standardInput: reads the list that `-` stands for, one path a line.
    public static func expand(_ given: [String], standardInput: () -> String) -> [String] {
        var paths: [String] = []
        for item in given {
            if item == "-" {
                paths += standardInput().split(whereSeparator: endsLine).map(String.init)
            } else if item.contains("://") {
                paths.append(item)
            } else {
                paths += isFolder(item) ? files(below: item) : [item]
            }
        }
        return paths
    }

    /// A line feed, or a carriage return with one. A name may hold what else Unicode calls the end of a line.
    private static func endsLine(_ character: Character) -> Bool { character == "\n" || character == "\r\n" }

    private static func isFolder(_ path: String) -> Bool {
        var folder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &folder) && folder.boolValue
    }

    private static func files(below folder: String) -> [String] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return [folder] }
        var paths: [String] = []
        for name in names.sorted() where !name.hasPrefix(".") {
            let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
            if isFolder(path) {
                // A link to a folder could lead back up.
                let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
                if !isLink { paths += files(below: path) }
            } else {
                paths.append(path)
            }
        }
        return paths
    }
}
