extension ProgrammePartner {
    static func read(_ node: DocumentNode) -> ProgrammePartner? {
        guard let object = node.object(keys: ["id", "name", "country", "kind"]) else { return nil }
        let id = object.required("id")?.identifier(Partner.self)
        let name = object.required("name")?.text()
        let country = object.required("country")?.country()
        let kind = object.optional("kind")?.text(most: 64) ?? "partner"
        guard let id, let name, let country else { return nil }
        return ProgrammePartner(id: id, name: name, country: country, kind: kind)
    }
}

extension ProgrammeWorkPackage {
    static func read(_ node: DocumentNode) -> ProgrammeWorkPackage? {
        guard let object = node.object(keys: ["id", "title", "lead"]) else { return nil }
        let id = object.required("id")?.identifier(WorkPackage.self)
        let title = object.required("title")?.text()
        let lead = object.optional("lead")?.identifier(Partner.self)
        guard let id, let title else { return nil }
        return ProgrammeWorkPackage(id: id, title: title, lead: lead)
    }
}

extension ProgrammeMember {
    static func read(_ node: DocumentNode) -> ProgrammeMember? {
        let keys = ["id", "partner", "roles", "sites", "name", "mail"]
        guard let object = node.object(keys: keys) else { return nil }
        let id = object.required("id")?.identifier(Member.self)
        let partner = object.required("partner")?.identifier(Partner.self)
        let roles = object.required("roles")?.elements().compactMap { $0.choice(Role.self) } ?? []
        if let node = object.optional("roles"), node.elements().isEmpty {
            node.fault("needs at least one role")
        }
        let sites = object.optional("sites")?.identifiers(Site.self) ?? []
        guard let id, let partner, !roles.isEmpty else { return nil }
        var member = ProgrammeMember(id: id, partner: partner, roles: roles, sites: sites)
        member.name = object.optional("name")?.text()
        member.mail = object.optional("mail")?.text(most: 254)
        return member
    }
}

extension Activity {
    private static let keys = ["id", "title", "countsTowardsTrainingCompute", "from", "source", "verified"]

    static func read(_ node: DocumentNode) -> Activity? {
        guard let object = node.object(keys: keys) else { return nil }
        let id = object.required("id")?.identifier(Activity.self)
        let title = object.required("title")?.text()
        let counts = object.required("countsTowardsTrainingCompute")?.flag()
        let from = object.optional("from")?.moment() ?? .distantPast
        let source = object.required("source")?.text()
        guard let id, let title, let counts, let source else { return nil }
        return Activity(
            id: id.rawValue, title: title, countsTowardsTrainingCompute: counts, from: from, source: source,
            verified: object.optional("verified")?.flag() ?? false)
    }
}
