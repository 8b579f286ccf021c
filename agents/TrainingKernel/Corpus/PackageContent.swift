/// What the corpus takes out of one package: message files, and the licence from the package's own copyright file.
struct PackageContent: Sendable {
    let package: SourcePackage
    let files: [TarReader.Entry]
    let licence: String
    let oversized: Int

    /// Reads the wanted files with `dpkg-deb`; nothing is installed and nothing written.
    init(
        of package: SourcePackage, wanted: @escaping (String) -> Bool
    ) throws(CorpusFault) {
        let copyright = "/usr/share/doc/\(package.name)/copyright"
        var reader = TarReader { wanted($0) || $0.hasSuffix(copyright) }
        let (status, complaints) = try ChildProgram(["dpkg-deb", "--fsys-tarfile", package.file])
            .run { reader.receive($0) }
        guard status == 0, reader.fault == nil else {
            let reason = reader.fault ?? complaints.split(separator: "\n").last.map(String.init) ?? ""
            throw CorpusFault(
                .data, "\(package.file) is no whole Debian package (\(reason)): delete it and repeat")
        }
        let licenceFile = reader.entries.first { $0.path.hasSuffix(copyright) }
        self.package = package
        files = reader.entries.filter { !$0.path.hasSuffix(copyright) }.sorted { $0.path < $1.path }
        licence =
            licenceFile.flatMap { Self.licence(in: $0.bytes) } ?? "see \(copyright) in the package"
        oversized = reader.oversized.count
    }

    /// The licence of `Files: *` in a machine-readable copyright file.
    static func licence(in bytes: [UInt8]) -> String? {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        guard
            let start = lines.firstIndex(where: {
                $0.hasPrefix("Files:") && $0.dropFirst(6).allSatisfy { " *".contains($0) }
            })
        else { return nil }
        return lines[start...].first { $0.hasPrefix("License:") }.map { line in
            String(line.dropFirst(8).drop { $0 == " " })
        }
    }
}
