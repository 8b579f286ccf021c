/// Rows of eligibility; one written row may name several countries or partners and several matters.
extension EligibilityRow {
    private static let keys = [
        "partners", "countries", "everybody", "what", "verdict", "from", "until", "source", "verified",
        "note",
    ]

    static func read(_ node: DocumentNode) -> [EligibilityRow] {
        guard let object = node.object(keys: keys) else { return [] }
        var subjects: [EligibilitySubject] = []
        subjects += (object.optional("partners")?.identifiers(Partner.self) ?? []).map { .partner($0) }
        subjects += (object.optional("countries")?.elements() ?? []).compactMap { $0.country() }.map {
            .country($0)
        }
        if object.optional("everybody")?.flag() == true { subjects.append(.everybody) }
        if subjects.isEmpty && !object.has("partners") && !object.has("countries") {
            node.fault("names nobody", suggestion: "write \"partners\", \"countries\" or \"everybody: true\"")
        }
        let matters =
            object.required("what")?.elements().compactMap { $0.choice(EligibilityMatter.self) } ?? []
        let verdict = object.required("verdict")?.choice(EligibilityVerdict.self)
        let from = object.required("from")?.moment()
        let until = object.optional("until")?.moment(endOfDay: true)
        if let from, let until, until <= from { node.fault("\"until\" is not after \"from\"") }
        let source = object.required("source")?.text()
        let verified = object.optional("verified")?.flag() ?? false
        let note = object.optional("note")?.text()
        guard let verdict, let from, let source else { return [] }
        return subjects.flatMap { subject in
            matters.map { matter in
                EligibilityRow(
                    subject: subject, matter: matter, verdict: verdict, from: from, until: until,
                    source: source,
                    verified: verified, note: note)
            }
        }
    }
}

extension EligibilityDecision {
    static func read(_ node: DocumentNode) -> EligibilityDecision? {
        let keys = ["partner", "what", "verdict", "reason", "by", "at"]
        guard let object = node.object(keys: keys) else { return nil }
        let partner = object.required("partner")?.identifier(Partner.self)
        let matter = object.required("what")?.choice(EligibilityMatter.self)
        let verdict = object.required("verdict")?.choice(EligibilityVerdict.self)
        if verdict == .ask { object.required("verdict")?.fault("a decision is \"allow\" or \"deny\"") }
        let reason = object.required("reason")?.text()
        let by = object.required("by")?.identifier(Member.self)
        let at = object.required("at")?.moment()
        guard let partner, let matter, let verdict, let reason, let by, let at else { return nil }
        return EligibilityDecision(
            partner: partner, matter: matter, verdict: verdict, reason: reason, by: by, at: at)
    }
}
