extension AgentTerms {
    static func read(_ node: DocumentNode) -> AgentTerms? {
        guard let object = node.object(keys: ["id", "accounts", "serves", "consent"]) else { return nil }
        let id = object.required("id")?.identifier(Agent.self)
        let accounts = object.optional("accounts")?.list().compactMap { $0.text(most: 64) } ?? []
        let consent = object.required("consent")?.text()
        guard let serves = object.required("serves") else { return nil }
        var partners: [PartnerID]?
        var members: [MemberID] = []
        if serves.value != .string("all") {
            guard case .object = serves.value, let whom = serves.object(keys: ["partners", "members"]) else {
                serves.fault("must be \"all\" or an object with \"partners\" and \"members\"")
                return nil
            }
            partners = whom.optional("partners")?.identifiers(Partner.self) ?? []
            members = whom.optional("members")?.identifiers(Member.self) ?? []
        }
        guard let id, let consent else { return nil }
        return AgentTerms(id: id, accounts: accounts, partners: partners, members: members, consent: consent)
    }
}

extension PackingLimits {
    static func read(_ node: DocumentNode) -> PackingLimits? {
        guard let object = node.object(keys: ["maxMembers", "maxWalltime", "maxAtOnce"]) else { return nil }
        let standard = PackingLimits()
        return PackingLimits(
            maximumMembers: object.optional("maxMembers")?.integer(in: 1...10_000) ?? standard.maximumMembers,
            maximumWalltimeSeconds: object.optional("maxWalltime")?.seconds()
                ?? standard.maximumWalltimeSeconds,
            maximumAtOnce: object.optional("maxAtOnce")?.integer(in: 1...Packing.mostAtOnce))
    }
}

extension SourcedFact {
    static func read(_ name: String, _ node: DocumentNode) -> SourcedFact? {
        guard let object = node.object(keys: ["value", "source", "verified"]) else { return nil }
        let value: String?
        if case .bool(let flag)? = object.members["value"] {
            value = flag ? "yes" : "no"
        } else {
            value = object.required("value")?.text()
        }
        let source = object.required("source")?.text()
        let verified = object.optional("verified")?.flag() ?? false
        guard let value, let source else { return nil }
        return SourcedFact(name: name, value: value, source: source, verified: verified)
    }
}
