import Federation

/// Artifacts as a table.
enum ArtifactTable {
    static func show(_ artifacts: [ArtifactView]) {
        print("\nARTIFACTS")
        var table = Table("NAME", "VERSION", ">SIZE", ">FILES", "LICENCE", "PLACES")
        for artifact in artifacts {
            var places = artifact.places.joined(separator: " ")
            if let residency = artifact.residency { places += " (may not leave \(residency))" }
            table.add(
                artifact.name, String(artifact.sha256.prefix(12)), Figures.bytes(artifact.bytes),
                String(artifact.files), artifact.licence ?? "", places)
        }
        table.show()
    }
}
