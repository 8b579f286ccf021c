/// Finds the plain files of an output. Links and special files never travel: a link may point out of the folder.
enum OutputWalk {
    /// Relative paths below `root`, or one empty path where the output is a single file.
    static func files(below root: String, notes: inout [String]) -> [String] {
        guard let status = FileStatus(root, followingLinks: false) else { return [] }
        if status.kind == .file { return [""] }
        var found: [String] = []
        var left = 0
        walk(root, "", into: &found, left: &left)
        if left > 0 {
            notes.append("\(left) links or special files below \(Folder.name(of: root)) were left out")
        }
        return found
    }

    private static func walk(_ root: String, _ relative: String, into found: inout [String], left: inout Int)
    {
        for name in Folder.entries(relative.isEmpty ? root : "\(root)/\(relative)") {
            let path = relative.isEmpty ? name : "\(relative)/\(name)"
            switch FileStatus("\(root)/\(path)", followingLinks: false)?.kind {
            case .folder: walk(root, path, into: &found, left: &left)
            case .file: found.append(path)
            case .other: left += 1
            case nil: break
            }
        }
    }
}
