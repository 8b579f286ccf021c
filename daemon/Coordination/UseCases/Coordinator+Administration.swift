public import Federation

extension Coordinator {
    /// Takes over a programme document; answers what changed, in words.
    public func applyProgramme(_ document: JSONValue, by principal: Principal) async throws -> [String] {
        throw pending()
    }

    /// Takes over a site document; answers what changed, in words.
    public func applySite(_ document: JSONValue, by principal: Principal) async throws -> [String] {
        throw pending()
    }

    /// Records what a manager decided where eligibility says `ask`; `verdict` is `allow` or `deny`.
    public func decide(
        partner: PartnerID, what: String, verdict: String, reason: String, by principal: Principal
    ) async throws { throw pending() }

    /// The programme as its page shows it.
    public func programme(by principal: Principal) async throws -> ProgrammeView { throw pending() }

    /// All sites.
    public func sites(by principal: Principal) async throws -> [SiteView] { throw pending() }

    /// One site.
    public func site(_ id: SiteID, by principal: Principal) async throws -> SiteView { throw pending() }

    /// Members; those of the own partner for a submitter.
    public func members(by principal: Principal) async throws -> [MemberView] { throw pending() }

    /// A new member.
    public func createMember(_ member: MemberView, by principal: Principal) async throws { throw pending() }

    /// Erases a member's name and mail; the pseudonym stays in the book.
    public func eraseName(member: MemberID, by principal: Principal) async throws { throw pending() }

    /// Alarms, newest first, a page at a time.
    public func alarms(
        after cursor: String?, limit: Int, by principal: Principal
    ) async throws -> (items: [AlarmView], next: String?) { throw pending() }

    /// Marks an alarm as seen to.
    public func clearAlarm(_ id: Int64, by principal: Principal) async throws { throw pending() }
}
