internal import Glibc

/// Files and folders, with errors that name them.
enum Files {
    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    static func isFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// Bytes of a file, or nil.
    static func size(_ path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : nil
    }

    /// Names in a folder, sorted, without hidden ones; empty when it cannot be read.
    static func names(in folder: String, hidden: Bool = false) -> [String] {
        guard let handle = opendir(folder) else { return [] }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != "..", hidden || !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    /// Makes the folder and those above it.
    static func makeFolder(_ path: String) throws {
        if isFolder(path) { return }
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
            try makeFolder(String(path[..<slash]))
        }
        guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
            throw KernelFault.system("cannot make the folder \(path)", errno)
        }
    }

    /// Removes a folder with its files; folders inside are not expected and stay.
    static func removeFolder(_ path: String) {
        for name in names(in: path, hidden: true) { unlink("\(path)/\(name)") }
        rmdir(path)
    }

    /// Makes names in the folder durable.
    static func synchroniseFolder(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY)
        guard descriptor >= 0 else { throw KernelFault.system("cannot open the folder \(path)", errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw KernelFault.system("cannot synchronise the folder \(path)", errno)
        }
    }

    /// Renames; an existing target is an error of the system for a folder, replaced for a file.
    static func move(_ from: String, to: String) throws {
        guard rename(from, to) == 0 else { throw KernelFault.system("cannot rename \(from) to \(to)", errno) }
    }

    /// Writes a small file durably: under another name first, so that nobody sees half of it.
    static func write(_ bytes: [UInt8], to path: String) throws {
        let temporary = "\(path).tmp"
        let file = try DurableFile(temporary)
        try bytes.withUnsafeBytes { try file.append($0) }
        try file.finish()
        try move(temporary, to: path)
    }

    /// Copies one file durably.
    static func copy(_ from: String, to: String) throws {
        let file = try DurableFile(to)
        try MappedFile.read(from) { try file.append($0) }
        try file.finish()
    }
}
