internal import Glibc

/// The folder of downloaded packages. Data tasks of one host share it: a lock lets each package be fetched once, and a
/// package gets its name only when its bytes are whole.
struct PackageCache {
    let folder: String
    let report: (String) -> Void

    /// What apt says of a package that it could fetch.
    private struct Candidate {
        let name: String
        let file: String
        let bytes: Int
        let sha256: String?

        var version: String { Self.version(file: file, name: name) }

        /// The version within `name_version_arch.deb`, colons written `%3a`.
        static func version(file: String, name: String) -> String {
            let rest = file.dropFirst(name.count + 1)
            let version = rest.prefix { $0 != "_" }
            return version.split(separator: "%3a", omittingEmptySubsequences: false).joined(
                separator: ":")
        }
    }

    /// The packages' files, fetched where they are missing.
    func packages(_ names: [String]) throws(CorpusFault) -> [SourcePackage] {
        try OutputFolder.create(folder)
        let lock = open("\(folder)/.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        guard lock >= 0 else {
            throw CorpusFault(.file, "cannot write in the cache \(folder): \(FileFailure.reason)")
        }
        defer { close(lock) }
        while flock(lock, LOCK_EX) != 0 {
            guard errno == EINTR else {
                throw CorpusFault(.file, "cannot lock \(folder)/.lock: \(FileFailure.reason)")
            }
        }
        var candidates: [String: Candidate] = [:]
        for candidate in try self.candidates(names) { candidates[candidate.name] = candidate }
        let unknown = names.filter { candidates[$0] == nil }
        let cached = try unknown.map { (name) throws(CorpusFault) in try newest(name) }
        let missing = names.compactMap { candidates[$0] }.filter { !isWhole($0, in: folder) }
        if !missing.isEmpty { try fetch(missing) }
        return cached
            + names.compactMap { candidates[$0] }.map {
                SourcePackage(name: $0.name, version: $0.version, file: "\(folder)/\($0.file)")
            }
    }

    /// The newest file of a package that apt does not know, e.g. on a compute node without package lists.
    private func newest(_ name: String) throws(CorpusFault) -> SourcePackage {
        let files = OutputFolder.names(in: folder).filter {
            $0.hasPrefix(name + "_") && $0.hasSuffix(".deb")
        }
        let dated = files.map { (file: $0, time: OutputFolder.changed("\(folder)/\($0)")) }
        guard let best = dated.max(by: { ($0.time, $0.file) < ($1.time, $1.file) }) else {
            throw CorpusFault(
                .host,
                "apt knows no package \(name) and the cache \(folder) has none: an administrator must run "
                    + "'apt-get update' (Debian 12 or later, section main), or \(name)_….deb be put into the cache"
            )
        }
        report("apt knows no package \(name): using \(best.file) of the cache")
        return SourcePackage(
            name: name, version: Candidate.version(file: best.file, name: name),
            file: "\(folder)/\(best.file)")
    }

    /// apt's candidates: lines of `'address' file bytes SHA256:digest`. Unknown packages are left out.
    private func candidates(_ names: [String]) throws(CorpusFault) -> [Candidate] {
        let outcome: ChildProgram.Outcome
        do {
            outcome = try ChildProgram(["apt-get", "-qq", "download", "--print-uris"] + names).run()
        } catch {
            report("\(error.description): only packages of the cache can be used")
            return []
        }
        return String(decoding: outcome.output, as: UTF8.self).split(separator: "\n").compactMap {
            line in
            let fields = line.split(separator: " ")
            guard fields.count >= 3, let bytes = Int(fields[2]), !fields[1].contains("/"),
                let name = fields[1].split(separator: "_").first
            else { return nil }
            let digest = fields.dropFirst(3).first { $0.hasPrefix("SHA256:") }
            return Candidate(
                name: String(name), file: String(fields[1]), bytes: bytes,
                sha256: digest.map { String($0.dropFirst(7)) })
        }
    }

    private func isWhole(_ candidate: Candidate, in folder: String) -> Bool {
        OutputFolder.size("\(folder)/\(candidate.file)") == candidate.bytes
    }

    private func isSound(_ candidate: Candidate, in folder: String) throws(CorpusFault) -> Bool {
        guard isWhole(candidate, in: folder) else { return false }
        guard let sha256 = candidate.sha256 else { return true }
        return try OutputFile.sha256("\(folder)/\(candidate.file)") == sha256
    }

    private func fetch(_ missing: [Candidate]) throws(CorpusFault) {
        // The lock is held, so folders of earlier processes are left-overs of a kill.
        for name in OutputFolder.names(in: folder) where name.hasPrefix(".partial-") {
            OutputFolder.remove("\(folder)/\(name)")
        }
        let partial = "\(folder)/.partial-\(getpid())"
        try OutputFolder.create(partial)
        defer { OutputFolder.remove(partial) }
        report(
            "downloading \(missing.count) packages, \(missing.reduce(0) { $0 + $1.bytes } / 1_000_000) MB"
        )
        // A private folder cannot be written by apt's own user: as root, download as root.
        let outcome = try ChildProgram(
            [
                "env", "-C", partial, "apt-get", "-qq", "-o", "APT::Sandbox::User=root", "-o",
                "Acquire::Retries=3", "download",
            ]
                + missing.map { "\($0.name)=\($0.version)" }
        ).run()
        var failed: [String] = []
        for candidate in missing {
            let path = "\(partial)/\(candidate.file)"
            guard try isSound(candidate, in: partial), rename(path, "\(folder)/\(candidate.file)") == 0
            else {
                failed.append(candidate.name)
                continue
            }
        }
        guard failed.isEmpty else {
            let complaint =
                outcome.complaints.split(separator: "\n").last { $0.hasPrefix("E:") } ?? "no reason given"
            throw CorpusFault(
                .temporary,
                "could not download \(failed.joined(separator: ", ")) (\(complaint)); what came is kept in "
                    + "\(folder). If the mirror says 404, the package lists are old: run 'apt-get update'"
            )
        }
    }
}
