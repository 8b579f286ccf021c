import Federation
import Testing

/// Every clause of the exchange's rules guards something: with it switched off (or with it and the clause that backs
/// it up), some run breaks the promise. `AblationSearch` finds the seeds.
@Suite struct ClauseTests {
    /// How it is known that a clause guards something.
    enum Proof: Sendable {
        /// Without it that seed breaks.
        case breaks(seed: UInt64)
        /// Without it and those that back it up that seed breaks; each alone holds.
        case together(with: [Clause], seed: UInt64)
        /// The simulation cannot show it: that test does, and why the simulation cannot.
        case elsewhere(test: String, because: String)
    }

    static let proofs: [Clause: Proof] = [
        .eventsOnce: .breaks(seed: 764),
        .gapRefused: .breaks(seed: 36),
        .onlyConfirmed: .breaks(seed: 34),
        .silenceWaits: .breaks(seed: 154),
        .anyFenceCompletes: .breaks(seed: 155),
        .reReads: .breaks(seed: 1),
        .cancelsListed: .breaks(seed: 19),
        .parksUnknown: .breaks(seed: 2),
        .parkedTakesHold: .breaks(seed: 320),
        .looksUpUnlisted: .breaks(seed: 17),
        .forgetsSettledOnly: .breaks(seed: 194),
        .displacedTakesNewID: .breaks(seed: 19),
        .historyKept: .breaks(seed: 47),
        .newGenerationScans: .breaks(seed: 1262),
        .quarantineExpiresNothing: .breaks(seed: 509),
        .historyReported: .breaks(seed: 23),
        .resubmissionMeets: .breaks(seed: 44),
        .holdStays: .breaks(seed: 63),
        .startMarker: .breaks(seed: 2),
        .markerTakenFirst: .breaks(seed: 4),
        .looksFirst: .breaks(seed: 0),
        .silentHeartbeat: .breaks(seed: 412),
        .vanishedIsLost: .breaks(seed: 178),
        .wrapperEndsItself: .breaks(seed: 765),
        .rerunsBilled: .breaks(seed: 2),
        .estimates: .breaks(seed: 1),
        .sharesAddUp: .breaks(seed: 22),
        .claimWithinBudget: .breaks(seed: 2),
        .oldCopyNoticed: .together(with: [.aheadSentAgain], seed: 496),
        .aheadSentAgain: .together(with: [.oldCopyNoticed], seed: 496),
        .oneLive: .together(with: [.parkedIsLive], seed: 293),
        .parkedIsLive: .breaks(seed: 3698),
        .newJournalScans: .together(with: [.newGenerationScans], seed: 11),
        .newGeneration: .together(with: [.asksForFullReport], seed: 2),
        .asksForFullReport: .together(with: [.newGeneration], seed: 2),
        .quarantine: .together(with: [.quarantineConfirmsNothing], seed: 227),
        .quarantineConfirmsNothing: .together(with: [.quarantine], seed: 227),
        .olderNeverReconciled: .elsewhere(
            test: "BackedUpClauseTests.olderDocument",
            because: "an old list differs only for the length of an exchange, and markers undo no harm"),
        .checkedWhereReconciled: .elsewhere(
            test: "BackedUpClauseTests.olderDocument",
            because: "it takes two exchanges of one agent between two transactions"),
        .olderGenerationDropped: .elsewhere(
            test: "BackedUpClauseTests.staleReplies",
            because: "an answer of the older book does not answer the poll either"),
        .repliesAnswerThePoll: .elsewhere(
            test: "BackedUpClauseTests.staleReplies",
            because: "reply numbers and sessions back it up"),
        .exchangeFirst: .elsewhere(
            test: "BackedUpClauseTests.exchangeFirst",
            because: "run folder and start marker keep a hasty agent from harm"),
        .confirmedInSession: .elsewhere(
            test: "BackedUpClauseTests.confirmedInSession",
            because: "run folder and start marker keep a hasty agent from harm"),
        .acceptedInTime: .elsewhere(
            test: "BackedUpClauseTests.acceptedInTime",
            because: "an attempt that is not live is cancelled before it is confirmed"),
        .cancelReachesAccepted: .elsewhere(
            test: "BackedUpClauseTests.cancelReachesAccepted",
            because: "what is cancelled before confirmation is burnt, and that is answered with cancel too"),
        .silentAcceptanceWithdrawn: .elsewhere(
            test: "BackedUpClauseTests.silentAcceptanceWithdrawn",
            because: "in the simulation every agent comes back in the end"),
        .wrapperRefusesLate: .elsewhere(
            test: "WrapperTests.tooLateRunsNothing",
            because: "it takes a late start at a site that has been silent for hours"),
        .agentCancelsLate: .elsewhere(
            test: "BackedUpClauseTests.agentCancelsLate",
            because: "the wrapper refuses late starts anyway"),
        .newestReadingCounts: .elsewhere(
            test: "BackedUpClauseTests.newestReadingCounts",
            because: "readings are told in their order unless journals alternate"),
        .displacedGetsNothing: .elsewhere(
            test: "BackedUpClauseTests.displaced",
            because: "the displaced journal renews itself at the next answer"),
        .lateEventsBooked: .elsewhere(
            test: "BackedUpClauseTests.displaced",
            because: "the snapshot under the new id brings the same"),
        .folderFirst: .elsewhere(
            test: "DriverTests.theRunFolderStandsBeforeTheBatchSystemIsAsked",
            because: "the wrapper runs nothing without its folder"),
        .folderMeansDoubt: .elsewhere(
            test: "BackedUpClauseTests.doubt",
            because: "a second job of a pack finds the marker taken"),
        .fencesCarryGeneration: .elsewhere(
            test: "BackedUpClauseTests.fencesCarryGeneration",
            because: "the full report raises the counters of all that ran"),
        .reReadsStartOver: .elsewhere(
            test: "BackedUpClauseTests.reReadsStartOver",
            because: "the simulation reads again more often than its records change"),
        .expiryStartsOver: .elsewhere(
            test: "BackedUpClauseTests.quarantine",
            because: "what expires is withdrawn at the end of quarantine anyway"),
        .cancelTakesMarker: .elsewhere(
            test: "BackedUpClauseTests.cancelTakesMarker",
            because: "late jobs are cancelled by name, and their cost is booked"),
        .controllerAnswers: .elsewhere(
            test: "BackedUpClauseTests.doubt",
            because: "the marker makes a hasty verdict true"),
        .lateJobsCancelled: .elsewhere(
            test: "BackedUpClauseTests.lateJobsCancelled",
            because: "the marker keeps late jobs from running anything"),
        .cancelsOneMember: .elsewhere(
            test: "BackedUpClauseTests.cancelsOneMember",
            because: "the others are tried again: only hours are wasted"),
    ]

    @Test("every clause has its proof")
    func isComplete() {
        for clause in Clause.allCases { #expect(ClauseTests.proofs[clause] != nil, "\(clause)") }
    }

    @Test("without it some run breaks, with it the same run holds", arguments: Clause.allCases)
    func guardsSomething(_ clause: Clause) {
        switch ClauseTests.proofs[clause] {
        case .breaks(let seed):
            #expect(!Seeds.verdict(seed, disabled: [clause]).isEmpty, "seed \(seed) holds without \(clause)")
            #expect(Seeds.verdict(seed).isEmpty, "seed \(seed)")
        case .together(let others, let seed):
            let all = Set(others + [clause])
            #expect(!Seeds.verdict(seed, disabled: all).isEmpty, "seed \(seed) holds without \(all)")
            for left in all {
                #expect(Seeds.verdict(seed, disabled: all.subtracting([left])).isEmpty, "\(left)")
            }
            #expect(Seeds.verdict(seed).isEmpty, "seed \(seed)")
        case .elsewhere(let test, let because):
            #expect(!test.isEmpty && !because.isEmpty)
        case nil:
            break
        }
    }
}
