import Glibc

/// The folder of keys and certificates.
enum StateFolder {
    /// Makes the folder and those above it, for this user only.
    static func make(_ path: String) throws {
        var made = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            made += "/" + part
            guard mkdir(made, 0o700) == 0 || errno == EEXIST else {
                throw StartFault(
                    .cannotCreate,
                    "the state folder \(path): cannot make \(made): \(String(cString: strerror(errno)))")
            }
        }
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Writes a secret to a new file that only this user may read.
    static func write(secret: String, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        let bytes = Array((secret + "\n").utf8)
        guard descriptor >= 0, Glibc.write(descriptor, bytes, bytes.count) == bytes.count,
            close(descriptor) == 0
        else {
            throw StartFault(.cannotCreate, "cannot write \(path): \(String(cString: strerror(errno)))")
        }
    }
}
