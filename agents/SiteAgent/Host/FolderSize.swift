/// How much room a folder takes.
enum FolderSize {
    /// The bytes of all files below the folder that have no other name: what its removal would free. Links are not
    /// followed.
    static func bytes(of folder: String) -> Int64 {
        var total: Int64 = 0
        for name in Folder.entries(folder) {
            let path = "\(folder)/\(name)"
            guard let status = FileStatus(path, followingLinks: false) else { continue }
            switch status.kind {
            case .folder: total += bytes(of: path)
            case .file where status.names == 1: total += status.bytes
            case .file, .other: break
            }
        }
        return total
    }
}
