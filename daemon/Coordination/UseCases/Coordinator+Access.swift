import Federation

/// Who may see and change what belongs to a partner.
extension Coordinator {
    /// Nothing of another partner's is shown to a submitter: not even that it exists.
    func mustSee(_ partner: PartnerID?, _ what: String, _ principal: Principal) throws {
        guard let partner, principal.seesEverything || partner == principal.partner else {
            throw CoordinationError(.notFound, "there is no \(what)")
        }
    }

    /// The partner to which lists are narrowed, or nil for all.
    func scope(of principal: Principal) -> PartnerID? { principal.seesEverything ? nil : principal.partner }

    /// Only those roles may.
    func mustBe(_ roles: Set<Role>, _ principal: Principal, to verb: String) throws {
        guard principal.roles.isDisjoint(with: roles) else { return }
        let names = roles.map(\.rawValue).sorted().joined(separator: " or ")
        throw CoordinationError(.forbidden, "only a \(names) may \(verb)")
    }

    /// A manager, or who looks after the site.
    func mustTend(_ site: SiteID, _ principal: Principal, to verb: String) throws {
        if principal.roles.contains(.manager) { return }
        guard principal.roles.contains(.siteAdmin), principal.sites.contains(site) else {
            throw CoordinationError(.forbidden, "only a manager, or a siteAdmin of \(site), may \(verb)")
        }
    }

    /// Text that goes into the book must say something.
    func mustSay(_ reason: String) throws {
        guard reason.contains(where: { !$0.isWhitespace }), reason.utf8.count <= 1000 else {
            throw CoordinationError(.invalid, "a reason of 1 to 1000 bytes is needed: auditors read it")
        }
    }
}
