import Testing

@testable import Federation

@Suite struct UnitTextTests {
    @Test(arguments: [
        ("90s", 90), ("10m", 600), ("2h", 7200), ("1d", 86_400), ("1h30m", 5400), ("01:30:00", 5400),
        ("1-12:00:00", 129_600), ("00:00:01", 1),
    ])
    func durations(text: String, seconds: Int64) { #expect(DurationText.seconds(text) == seconds) }

    @Test(arguments: ["", "90", "h", "1.5h", "-1s", "1m1h", "01:30", "00:60:00", "1w", "99999999999s", "1 h"])
    func noDurations(text: String) { #expect(DurationText.seconds(text) == nil) }

    @Test(arguments: [
        ("512MiB", 512), ("4GiB", 4096), ("4GB", 3815), ("1 TiB", 1_048_576), ("1.5GiB", 1536), ("1KiB", 1),
    ])
    func memory(text: String, mebibytes: Int) { #expect(MemoryText.mebibytes(text) == mebibytes) }

    @Test(arguments: ["4", "4G", "GiB", "-1GiB", "1e3GiB", "99999999999TiB", "1,5GiB"])
    func noMemory(text: String) { #expect(MemoryText.mebibytes(text) == nil) }

    @Test func amountsNameTheSitesOwnUnit() throws {
        #expect(try AmountText.amount("1200 core-hours", unit: "core-hours") == Amount(units: 1200))
        #expect(try AmountText.amount("1 Core-Hour", unit: "core-hours") == Amount(units: 1))
        #expect(try AmountText.amount("0.5 SBU", unit: "SBU") == Amount(thousandths: 1_800_000))
        #expect(throws: AmountFault.wrongUnit("5 GPU-hours", unit: "SBU")) {
            try AmountText.amount("5 GPU-hours", unit: "SBU")
        }
        #expect(throws: AmountFault.noUnit("5", unit: "SBU")) { try AmountText.amount("5", unit: "SBU") }
        for text in ["1,200 SBU", "-5 SBU", "SBU", "9999999999999999 SBU", ""] {
            #expect(throws: AmountFault.malformed(text, unit: "SBU")) {
                try AmountText.amount(text, unit: "SBU")
            }
        }
        #expect(AmountFault.wrongUnit("5 GPU-hours", unit: "SBU").inWords.contains("SBU"))
    }

    @Test func datesAreUTCAndRoundTrip() throws {
        #expect(Instant("1970-01-01")?.microseconds == 0)
        #expect(Instant("2026-11-24T18:30:05Z")?.seconds == 1_795_545_005)
        #expect(CalendarText.instant("2025-12-31", endOfDay: true) == Instant("2026-01-01"))
        for text in ["2026-13-01", "2026-02-29", "2026-1-1", "26-01-01", "2026-01-01T25:00:00Z", "soon", ""] {
            #expect(Instant(text) == nil, "\(text)")
        }
        for day in stride(from: Int64(0), to: 40_000, by: 7) {
            let moment = Instant(seconds: day * 86_400 + 3723)
            #expect(Instant(moment.timeText) == moment)
            #expect(Instant(moment.dateText)?.adding(seconds: 3723) == moment)
        }
        #expect(Instant("2024-02-29")?.dateText == "2024-02-29")
    }

    @Test(arguments: [
        ("walltme", "walltime"), ("resourcse", "resources"), ("dependOn", "dependsOn"), ("pri", "priority"),
    ])
    func slipsFindTheirWord(written: String, meant: String) {
        let known = ["walltime", "resources", "dependsOn", "priority", "name"]
        #expect(Spelling.nearest(to: written, among: known) == meant)
    }

    @Test func aStrangeWordFindsNone() {
        #expect(Spelling.nearest(to: "zebra", among: ["walltime", "resources"]) == nil)
        #expect(Spelling.suggestion(for: "zebra", among: ["b", "a"]) == "known: a, b")
    }
}
