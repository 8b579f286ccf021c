import Glibc

/// Where a program's file is.
enum ProgramSearch {
    /// The file that a path or a bare name means: a bare name is looked for in the given folders, then along `PATH`.
    /// Nil where there is no executable file.
    static func find(_ program: String, folders: [String], path: String) -> String? {
        if program.contains("/") { return isExecutable(program) ? program : nil }
        let places = folders + path.split(separator: ":").map(String.init)
        return places.map { "\($0)/\(program)" }.first(where: isExecutable)
    }

    private static func isExecutable(_ path: String) -> Bool {
        FileStatus(path)?.kind == .file && access(path, X_OK) == 0
    }
}
