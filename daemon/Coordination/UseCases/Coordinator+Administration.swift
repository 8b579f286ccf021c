public import Federation
import Store

extension Coordinator {
    /// Takes over a programme document; answers what changed, in words.
    public func applyProgramme(_ document: JSONValue, by principal: Principal) async throws -> [String] {
        try await CoordinationError.translating {
            try mustBe([.manager], principal, to: "apply a programme")
            let programme = try ProgrammeDocument.read(document, units: try await stores.programme.units())
            let words = try await stores.programme.apply(
                programme, by: principal.pseudonym, now: settings.now())
            signals.placeable()
            return words
        }
    }

    /// Takes over a site document; answers what changed, in words.
    public func applySite(_ document: JSONValue, by principal: Principal) async throws -> [String] {
        try await CoordinationError.translating {
            try mustBe([.manager], principal, to: "apply a site")
            let site = try SiteDocument.read(document)
            let words = try await stores.sites.apply(site, by: principal.pseudonym, now: settings.now())
            signals.placeable()
            return words
        }
    }

    /// Records what a manager decided where eligibility says `ask`; `verdict` is `allow` or `deny`, `what` is
    /// `compute`, `funding`, `hosting`, `data` or `participate`.
    public func decide(
        partner: PartnerID, what: String, verdict: String, reason: String, by principal: Principal
    ) async throws {
        try await CoordinationError.translating {
            try mustBe([.manager], principal, to: "decide on eligibility")
            try mustSay(reason)
            guard let matter = Self.matters[what] ?? EligibilityMatter(rawValue: what) else {
                throw CoordinationError(
                    .invalid,
                    "\"\(what)\" is nothing to decide on; there are \(Self.matters.keys.sorted().joined(separator: ", "))"
                )
            }
            guard let verdict = EligibilityVerdict(rawValue: verdict), verdict != .ask else {
                throw CoordinationError(.invalid, "a decision is allow or deny")
            }
            try await stores.programme.decide(
                EligibilityDecision(
                    partner: partner, matter: matter, verdict: verdict, reason: reason,
                    by: principal.pseudonym,
                    at: settings.now()))
            signals.placeable()
        }
    }

    /// The programme as its page shows it.
    public func programme(by principal: Principal) async throws -> ProgrammeView {
        try await CoordinationError.translating {
            let view = try await stores.programme.view(
                for: scope(of: principal), settings: settings.exchange, now: settings.now())
            guard let view else {
                throw CoordinationError(
                    .notFound,
                    "no programme was applied yet: a manager does that with hansa admin programme apply")
            }
            return view
        }
    }

    /// All sites.
    public func sites(by principal: Principal) async throws -> [SiteView] {
        try await CoordinationError.translating {
            try await stores.sites.views(nil, settings: settings.exchange, now: settings.now())
        }
    }

    /// One site.
    public func site(_ id: SiteID, by principal: Principal) async throws -> SiteView {
        try await CoordinationError.translating {
            let views = try await stores.sites.views(id, settings: settings.exchange, now: settings.now())
            guard let view = views.first else { throw CoordinationError(.notFound, "there is no site \(id)") }
            return view
        }
    }

    /// Members; those of the own partner, or all for those who run the programme.
    public func members(by principal: Principal) async throws -> [MemberView] {
        try await CoordinationError.translating {
            let seesAll = !principal.roles.isDisjoint(with: [.manager, .auditor, .operator])
            return try await stores.members.views(of: seesAll ? nil : principal.partner)
        }
    }

    /// A new member, or a known one with new roles.
    public func createMember(_ member: MemberView, by principal: Principal) async throws {
        try await CoordinationError.translating {
            try mustBe([.operator, .manager], principal, to: "make members")
            guard member.id.isWellFormed, !member.roles.isEmpty else {
                throw CoordinationError(
                    .invalid, "a member has a name of letters, digits, dots and dashes, and at least one role"
                )
            }
            // Who runs the coordinator has no say over budgets, and so makes nobody who has.
            if member.roles.contains(.manager), !principal.roles.contains(.manager) {
                throw CoordinationError(.forbidden, "only a manager may make a manager")
            }
            try await stores.members.put(member, now: settings.now())
        }
    }

    /// Erases a member's name and mail, and ends its tokens; the pseudonym stays in the book.
    public func eraseName(member: MemberID, by principal: Principal) async throws {
        try await CoordinationError.translating {
            if member != principal.member {
                try mustBe([.operator, .manager], principal, to: "erase others' names")
            }
            try await stores.members.erase(member, now: settings.now())
        }
    }

    /// Alarms, newest first, a page at a time.
    public func alarms(
        after cursor: String?, limit: Int, by principal: Principal
    ) async throws -> (items: [AlarmView], next: String?) {
        try await CoordinationError.translating {
            try mustBe([.operator, .manager, .auditor], principal, to: "read alarms")
            return try await stores.alarms.page(after: cursor, limit: bounded(limit))
        }
    }

    /// Open alarms about a site and its agents: for those who read alarms and those who tend the site; for others none.
    public func alarms(about site: SiteID, by principal: Principal) async throws -> [AlarmView] {
        try await CoordinationError.translating {
            let reads = !principal.roles.isDisjoint(with: [.operator, .manager, .auditor])
            let tends = principal.roles.contains(.siteAdmin) && principal.sites.contains(site)
            return reads || tends ? try await stores.alarms.open(about: site, limit: 100) : []
        }
    }

    /// Marks an alarm as seen to.
    public func clearAlarm(_ id: Int64, by principal: Principal) async throws {
        try await CoordinationError.translating {
            try mustBe([.operator, .manager], principal, to: "clear alarms")
            try await stores.alarms.clear(id, now: settings.now())
        }
    }

    private static let matters: [String: EligibilityMatter] = [
        "compute": .compute, "funding": .receiveFunds, "hosting": .hostData, "data": .holdData,
        "participate": .participate,
    ]
}
