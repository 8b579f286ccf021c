import Federation
import Testing

@Suite struct ProgrammeDocumentTests {
    static let units: [SiteID: String] = ["lumi": "core-hours", "snellius": "SBU"]
    static let example: JSONValue = [
        "programme": "p", "name": "P", "grant": "101",
        "period": ["from": "2025-02-01", "until": "2028-01-31"],
        "partners": [
            ["id": "aa", "name": "A", "country": "EL"], ["id": "bb", "name": "B", "country": "UK"],
        ],
        "workPackages": [["id": "WP1", "title": "One", "lead": "aa"]],
        "members": [["id": "mm", "partner": "aa", "roles": ["submitter", "auditor"]]],
        "activities": [
            ["id": "pretraining", "title": "T", "countsTowardsTrainingCompute": true, "source": "s"]
        ],
        "eligibility": [
            [
                "countries": ["GR", "FI"], "what": ["participate", "compute"], "verdict": "allow",
                "from": "2021-01-01", "source": "s", "verified": true,
            ],
            ["everybody": true, "what": "compute", "verdict": "deny", "from": "2021-01-01", "source": "s"],
        ],
        "allocations": [
            [
                "id": "al", "site": "lumi", "account": "acc",
                "period": ["from": "2026-01-01", "until": "2026-12-31"],
                "amount": "100 core-hours", "source": "s",
            ]
        ],
        "budgets": [
            [
                "id": "b1", "allocation": "al", "partner": "aa", "workPackage": "WP1",
                "amount": "60 core-hours",
            ],
            ["id": "b2", "allocation": "al", "amount": "40 core-hours"],
        ],
    ]

    @Test func readsAProgramme() throws {
        let programme = try ProgrammeDocument.read(Self.example, units: Self.units)
        #expect(programme.partners.map(\.country) == ["GR", "GB"])
        #expect(programme.eligibility.count == 5)
        #expect(programme.allocations[0].until == Instant("2027-01-01"))
        #expect(programme.budgets[0].amount == Amount(units: 60))
    }

    @Test(
        arguments: [
            (["budgets", 0, "amount"], "60 SBU", "this site counts in core-hours"),
            (["budgets", 0, "amount"], "70 core-hours", "more than its 100.000"),
            (["budgets", 0, "amount"], 60, "must be an amount with its unit"),
            (["budgets", 0, "allocation"], "all", "there is no allocation all"),
            (["budgets", 0, "workPackage"], "WP2", "there is no work package WP2"),
            (["budgets", 0, "partner"], "ab", "there is no partner ab"),
            (["budgets", 1, "id"], "b1", "b1 comes twice"),
            (["allocations", 0, "site"], "lumy", "there is no site lumy"),
            (["members", 0, "roles", 0], "submiter", "not one of"),
            (["members", 0, "partner"], "cc", "there is no partner cc"),
            (["eligibility", 0, "verdict"], "maybe", "not one of allow, deny, ask"),
            (["eligibility", 0, "from"], "yesterday", "no date"),
            (["period", "until"], "2024-01-01", "ends before it begins"),
            (["partners", 0, "id"], "a a", "is not a name"),
        ] as [([PathStep], JSONValue, String)])
    func everyFaultIsFound(path: [PathStep], value: JSONValue, message: String) throws {
        let faults = try #require(throws: DocumentFaults.self) {
            try ProgrammeDocument.read(Self.example.with(path, value), units: Self.units)
        }
        #expect(faults.description.contains(message), "\(faults)")
    }

    @Test func applyingTwiceChangesNothing() throws {
        let programme = try ProgrammeDocument.read(Self.example, units: Self.units)
        let first = programme.plan(after: nil)
        #expect(first.grants.map(\.change) == [Amount(units: 60), Amount(units: 40)])
        #expect(first.words.contains("budget b1: new"))
        let second = programme.plan(after: programme)
        #expect(second.words.isEmpty && second.grants.isEmpty)
    }

    @Test func aPlanNamesWhatChangedAndWhatIsGone() throws {
        let old = try ProgrammeDocument.read(Self.example, units: Self.units)
        var new = old
        new.budgets = [old.budgets[0]]
        new.budgets[0].amount = Amount(units: 50)
        new.members = []
        let plan = new.plan(after: old)
        #expect(
            plan.words == ["member mm: no longer named", "budget b1: changed", "budget b2: no longer named"])
        #expect(plan.grants.map(\.change) == [Amount(units: -10)])
        #expect(plan.droppedBudgets == ["b2"] && plan.droppedMembers == ["mm"])
    }
}
