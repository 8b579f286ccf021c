import Federation
import Testing

/// One job at four sites, to the unit: 16 whole GPU nodes for 24 hours, and the rounding rules of each site.
@Suite struct GoldenTariffTests {
    static let begin = Instant(seconds: 1_790_000_000)

    static func list(_ unit: String, _ tariffs: [Tariff]) -> PriceList {
        PriceList(site: SiteID("site"), unit: unit, tariffs: tariffs)
    }

    static func tariff(_ terms: [TariffTerm], factor: Int64 = 1000, from: Instant = begin) -> Tariff {
        Tariff(partition: "p", from: from, factorThousandths: factor, terms: terms, source: "test")
    }

    static func usage(
        nodes: Int, cores: Int, memoryMiB: Int = 0, devices: Int = 0, seconds: Int64, start: Instant = begin
    ) -> Usage {
        Usage(
            runs: [.init(start: start, seconds: seconds)], nodes: nodes, coresPerNode: cores,
            memoryMiBPerNode: memoryMiB, devicesPerNode: devices, partition: "p", source: .siteRecord)
    }

    @Test func sixteenGPUNodesForADayInFourUnits() throws {
        let lumi = Self.list(
            "GPU-hours", [Self.tariff([TariffTerm(measure: .node, weightThousandths: 4000)])])
        let leonardo = Self.list(
            "core-hours",
            [
                Self.tariff([
                    TariffTerm(measure: .cores), TariffTerm(measure: .devices, weightThousandths: 8000),
                ])
            ])
        let mn5 = Self.list(
            "core-hours",
            [
                Self.tariff([
                    TariffTerm(measure: .cores), TariffTerm(measure: .devices, weightThousandths: 20_000),
                ])
            ])
        let snellius = Self.list(
            "SBU",
            [
                Self.tariff([
                    TariffTerm(measure: .devices, weightThousandths: 192_000, minimumThousandths: 192_000)
                ])
            ])
        let day: Int64 = 86_400
        #expect(
            try lumi.charge(for: Self.usage(nodes: 16, cores: 64, devices: 8, seconds: day))
                == Amount(units: 1536))
        #expect(
            try leonardo.charge(for: Self.usage(nodes: 16, cores: 32, devices: 4, seconds: day))
                == Amount(units: 12_288))
        #expect(
            try mn5.charge(for: Self.usage(nodes: 16, cores: 80, devices: 4, seconds: day))
                == Amount(units: 30_720))
        #expect(
            try snellius.charge(for: Self.usage(nodes: 16, cores: 64, devices: 4, seconds: day))
                == Amount(units: 294_912))
    }

    @Test(arguments: [
        // cores, GiB, GCDs, half-GPU-hours for one hour
        (1, 1, 1, 1), (8, 64, 1, 1), (9, 64, 1, 2), (8, 65, 1, 2), (7, 60, 3, 3), (64, 480, 8, 8),
    ])
    func smallGRoundsUpToModules(cores: Int, gibibytes: Int, devices: Int, halves: Int64) throws {
        let list = Self.list(
            "GPU-hours",
            [
                Self.tariff(
                    [
                        TariffTerm(measure: .cores, per: 8, roundedUp: true),
                        TariffTerm(measure: .memoryMiB, per: 64 * 1024, roundedUp: true),
                        TariffTerm(measure: .devices),
                    ], factor: 500)
            ])
        let charge = try list.charge(
            for: Self.usage(
                nodes: 1, cores: cores, memoryMiB: gibibytes * 1024, devices: devices, seconds: 3600))
        #expect(charge.thousandths == halves * Amount.perUnit / 2)
    }

    @Test func memoryBoundCPUJobPaysForItsMemory() throws {
        let list = Self.list(
            "core-hours",
            [
                Self.tariff([
                    TariffTerm(measure: .cores),
                    TariffTerm(measure: .memoryMiB, per: 2048, roundedUp: true),
                ])
            ])
        let charge = try list.charge(for: Self.usage(nodes: 1, cores: 4, memoryMiB: 16_385, seconds: 3600))
        #expect(charge == Amount(units: 9))
    }

    @Test func aQuarterNodeIsTheLeast() throws {
        let list = Self.list(
            "SBU", [Self.tariff([TariffTerm(measure: .cores, minimumThousandths: 32_000)])])
        #expect(try list.charge(for: Self.usage(nodes: 1, cores: 2, seconds: 3600)) == Amount(units: 32))
        #expect(try list.charge(for: Self.usage(nodes: 1, cores: 40, seconds: 3600)) == Amount(units: 40))
    }

    @Test func aTariffThatChangesInsideAJobSplitsToTheSecond() throws {
        let change = Self.begin.adding(seconds: 1000)
        let list = Self.list(
            "core-hours",
            [
                Self.tariff([TariffTerm(measure: .cores)]),
                Self.tariff([TariffTerm(measure: .cores, weightThousandths: 1500)], from: change),
            ])
        let charge = try list.charge(for: Self.usage(nodes: 3, cores: 7, seconds: 4000))
        #expect(charge.thousandths == 3 * 7 * (1000 * 1000 + 3000 * 1500))
    }

    @Test func aMonthsEndInsideAJobLosesNothing() throws {
        let list = Self.list(
            "core-hours",
            [Self.tariff([TariffTerm(measure: .memoryMiB, per: 2048)])])
        let start = Instant(microseconds: Self.begin.microseconds + 333_333)
        let usage = Self.usage(nodes: 5, cores: 1, memoryMiB: 3001, seconds: 7201, start: start)
        let border = Instant(microseconds: Self.begin.microseconds + 1_234_567_891)
        let whole = try list.charge(for: usage)
        let first = try list.charge(for: usage, until: border)
        #expect(first > .zero && first < whole)
        #expect(first + (whole - first) == whole)
        let rate = Int64((3001 * 1000 + 1024) / 2048)
        #expect(whole.thousandths == rate * 5 * 7201)
        let exact =
            (Int128(rate) * 5 * Int128(border.microseconds - start.microseconds) + 500_000) / 1_000_000
        #expect(first.thousandths == Int64(exact))
    }

    @Test func theHoldCoversTheDearestRowUpToTheLatestEnd() throws {
        let later = Self.begin.adding(seconds: 10_000)
        let list = Self.list(
            "core-hours",
            [
                Self.tariff([TariffTerm(measure: .cores)]),
                Self.tariff([TariffTerm(measure: .cores, weightThousandths: 2000)], from: later),
            ])
        let resources = Resources(nodes: 2, coresPerNode: 4, walltimeSeconds: 600)
        let before = try list.hold(
            for: resources, graceSeconds: 60, in: "p", from: Self.begin,
            mustStartBy: Self.begin.adding(seconds: 9000))
        let across = try list.hold(
            for: resources, graceSeconds: 60, in: "p", from: Self.begin,
            mustStartBy: Self.begin.adding(seconds: 9500))
        #expect(before.thousandths == 2 * 4 * 660 * 1000)
        #expect(across.thousandths == 2 * 4 * 660 * 2000)
    }

    @Test func aMissingOrAbsurdTariffIsAnErrorInWords() {
        let list = Self.list("core-hours", [])
        #expect(throws: TariffFault.noTariff("site", "p")) {
            try list.charge(for: Self.usage(nodes: 1, cores: 1, seconds: 1))
        }
        let absurd = Self.list(
            "core-hours", [Self.tariff([TariffTerm(measure: .cores, weightThousandths: Int64.max / 2)])])
        #expect(throws: TariffFault.tooLarge("site", "p")) {
            try absurd.charge(for: Self.usage(nodes: 1, cores: 1000, seconds: 1))
        }
    }
}
