public import Federation
public import Postgres

/// Shapes of tasks: what placement reads of them, with the artifacts that bind them to a site.
public struct ShapeReader: Sendable {
    private let pool: Pool

    /// Reads what earlier campaigns have published from that database.
    public init(pool: Pool) { self.pool = pool }

    /// The shape of each task of a submission, in order. An artifact of the same submission is bound by what its
    /// output declares, one of an earlier campaign by what was published. Throws `StoreFault.unresolved` for an
    /// artifact of another campaign that is not there.
    public func shapes(of specs: [TaskSpec]) async throws -> [Shape] {
        let made = Self.declared(specs)
        let published = try await published(specs)
        return try specs.map { spec in
            var residency: [Residency] = spec.outputs.compactMap { output in
                output.residency.map { Residency(artifact: output.name, site: $0, licence: output.licence) }
            }
            for input in spec.inputs {
                if input.artifact.contains("/") {
                    guard let found = published[Key(partner: spec.partner, artifact: input.artifact)] else {
                        throw StoreFault.unresolved(
                            "\"\(spec.name)\" reads \"\(input.artifact)\", which no campaign has published")
                    }
                    if let bound = found.residency { residency.append(bound) }
                } else if let bound = made[input.artifact] {
                    residency.append(bound)
                }
            }
            return Shape(of: spec, residency: residency)
        }
    }

    private struct Key: Hashable {
        var partner: PartnerID
        var artifact: String
    }

    private struct Found {
        var residency: Residency?
    }

    private static func declared(_ specs: [TaskSpec]) -> [String: Residency] {
        var made: [String: Residency] = [:]
        for output in specs.lazy.flatMap(\.outputs) {
            guard let site = output.residency else { continue }
            made[output.name] = Residency(artifact: output.name, site: site, licence: output.licence)
        }
        return made
    }

    private func published(_ specs: [TaskSpec]) async throws -> [Key: Found] {
        var keys: Set<Key> = []
        for spec in specs {
            for input in spec.inputs where input.artifact.contains("/") {
                keys.insert(Key(partner: spec.partner, artifact: input.artifact))
            }
        }
        var found: [Key: Found] = [:]
        for key in keys {
            let reference = ArtifactReference(key.artifact, campaign: "")
            let rows = try await pool.query(
                """
                SELECT a.residency, a.licence FROM artifact a WHERE a.id = \(reference.newest(partner: key.partner))
                """)
            guard let row = rows.first else { continue }
            let licence: String? = try row.decode("licence")
            found[key] = Found(
                residency: try row.decode("residency", as: SiteID?.self).map {
                    Residency(artifact: key.artifact, site: $0, licence: licence)
                })
        }
        return found
    }
}
