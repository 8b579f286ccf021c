import Federation
import Testing

@Suite struct EligibilityTests {
    static func moment(_ text: String) -> Instant { Instant(text) ?? .distantPast }
    static func row(
        _ subject: EligibilitySubject, _ verdict: EligibilityVerdict, from: String, until: String? = nil,
        matter: EligibilityMatter = .compute
    ) -> EligibilityRow {
        EligibilityRow(
            subject: subject, matter: matter, verdict: verdict, from: moment(from), until: until.map(moment),
            source: "source of \(from)")
    }

    static let eligibility = Eligibility(
        rows: [
            row(.everybody, .deny, from: "2021-01-01"), row(.country("FI"), .allow, from: "2021-01-01"),
            row(.country("CH"), .deny, from: "2021-01-01", until: "2025-11-10"),
            row(.country("CH"), .ask, from: "2025-11-10"),
            row(.partner("spun"), .deny, from: "2026-01-01"), row(.country("FI"), .allow, from: "2026-06-01"),
        ],
        countries: ["oulu": "FI", "zug": "CH", "spun": "FI", "leeds": "GB"])

    @Test(arguments: [
        ("oulu", "2024-01-01", EligibilityVerdict.allow), ("oulu", "2020-01-01", .ask),
        ("zug", "2025-11-09", .deny), ("zug", "2025-11-10", .ask), ("leeds", "2024-01-01", .deny),
        ("spun", "2025-12-31", .allow), ("spun", "2026-07-01", .deny),
    ])
    func narrowerAndLaterRowsWin(partner: PartnerID, date: String, verdict: EligibilityVerdict) {
        let ruling = Self.eligibility.ruling(partner, .compute, at: Self.moment(date))
        #expect(ruling.verdict == verdict)
    }

    @Test func aDecisionAnswersOnlyWhatIsAskedAndOnlyAfterTheRow() {
        var eligibility = Self.eligibility
        func decide(_ partner: PartnerID, _ at: String) {
            eligibility.decisions.append(
                .init(
                    partner: partner, matter: .compute, verdict: .allow, reason: "board of June", by: "jana",
                    at: Self.moment(at)))
        }
        decide("zug", "2025-10-01")
        decide("leeds", "2025-12-01")
        #expect(eligibility.ruling("zug", .compute, at: Self.moment("2026-01-01")).verdict == .ask)
        #expect(eligibility.ruling("leeds", .compute, at: Self.moment("2026-01-01")).verdict == .deny)
        decide("zug", "2025-12-01")
        let ruling = eligibility.ruling("zug", .compute, at: Self.moment("2026-01-01"))
        #expect(ruling.verdict == .allow && ruling.inWords.contains("board of June"))
        #expect(eligibility.ruling("zug", .compute, at: Self.moment("2025-11-30")).verdict == .ask)
        #expect(eligibility.ruling("zug", .holdData, at: Self.moment("2026-01-01")).verdict == .ask)
    }

    @Test func computeNeedsTakingPart() {
        var eligibility = Self.eligibility
        let now = Self.moment("2026-02-01")
        #expect(eligibility.compute("oulu", at: now).matter == .participate)
        eligibility.rows.append(Self.row(.country("FI"), .allow, from: "2021-01-01", matter: .participate))
        #expect(eligibility.compute("oulu", at: now).verdict == .allow)
    }

    @Test func theWordsNameRowDateAndSource() {
        let words = Self.eligibility.ruling("zug", .compute, at: Self.moment("2025-01-01")).inWords
        #expect(words.contains("zug may not spend compute") && words.contains("since 2021-01-01"))
        #expect(words.contains("until 2025-11-09") && words.contains("source of 2021-01-01"))
        let nothing = Self.eligibility.ruling("zug", .hostData, at: Self.moment("2025-01-01")).inWords
        #expect(nothing.contains("no row names it"))
    }
}
