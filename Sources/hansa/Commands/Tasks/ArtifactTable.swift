import Federation

/// Artifacts as a table.
enum ArtifactTable {
    static func show(_ artifacts: [ArtifactView]) { for line in lines(artifacts) { print(line) } }

    static func lines(_ artifacts: [ArtifactView]) -> [String] {
        var table = Table("NAME", "VERSION", ">SIZE", ">FILES", "LICENCE", "PLACES")
        for artifact in artifacts {
            var places = artifact.places.joined(separator: " ")
            if let residency = artifact.residency { places += " (may not leave \(residency))" }
            table.add(
                artifact.name, String(artifact.sha256.prefix(12)), Figures.bytes(artifact.bytes),
                String(artifact.files), artifact.licence ?? "", places)
        }
        return ["", "ARTIFACTS"] + table.lines
    }
}
