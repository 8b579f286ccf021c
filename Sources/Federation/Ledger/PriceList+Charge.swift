/// Usages into charges: the one rounding is to the nearest thousandth of a unit-second, over the whole usage.
extension PriceList {
    /// The charge for everything a usage says so far. What is booked is always this minus what was booked before.
    public func charge(for usage: Usage) throws(TariffFault) -> Amount {
        try charge(for: usage, until: .distantFuture)
    }

    /// The charge for the part of a usage before `end`: the differences between two ends split it at month borders
    /// without losing a thousandth.
    public func charge(for usage: Usage, until end: Instant) throws(TariffFault) -> Amount {
        let rows = rows(of: usage.partition)
        guard !rows.isEmpty else { throw .noTariff(site, usage.partition) }
        var total: Int128 = 0  // thousandths of a unit an hour × nodes × microseconds
        for run in usage.runs where run.seconds > 0 {
            var from = run.start
            let to = min(run.start.adding(seconds: run.seconds), end)
            while from < to {
                let (row, border) = PriceList.row(of: rows, at: from)
                let pieceEnd = min(to, border)
                guard
                    let rate = row.ratePerNode(
                        cores: usage.coresPerNode, memoryMiB: usage.memoryMiBPerNode,
                        devices: usage.devicesPerNode)
                else { throw .tooLarge(site, usage.partition) }
                let duration = Int128(pieceEnd.microseconds) - Int128(from.microseconds)
                total += Int128(rate) * Int128(usage.nodes) * duration
                from = pieceEnd
            }
        }
        guard let thousandths = Int64(exactly: (total + 500_000) / 1_000_000) else {
            throw .tooLarge(site, usage.partition)
        }
        return Amount(thousandths: thousandths)
    }

    /// What an hour of such a usage costs by the rows that apply to it, in thousandths of a unit: from what its make-up
    /// gives as it is to what begun parts are rounded up to. Nil where there is no row, or nothing ran.
    func ratesPerHour(of usage: Usage) -> ClosedRange<Int128>? {
        let rows = rows(of: usage.partition)
        var found: ClosedRange<Int128>?
        for run in usage.runs where run.seconds > 0 && !rows.isEmpty {
            var from = run.start
            while from < run.start.adding(seconds: run.seconds) {
                let (row, border) = PriceList.row(of: rows, at: from)
                let rates = [false, true].compactMap { roundingUp in
                    row.ratePerNode(
                        cores: usage.coresPerNode, memoryMiB: usage.memoryMiBPerNode,
                        devices: usage.devicesPerNode, roundingUp: roundingUp)
                }
                guard let least = rates.min(), let most = rates.max(), rates.count == 2 else { return nil }
                let nodes = Int128(usage.nodes)
                found =
                    min(
                        found?.lowerBound ?? .max, Int128(least) * nodes)...max(
                        found?.upperBound ?? 0, Int128(most) * nodes)
                from = border
            }
        }
        return found
    }

    /// What must be held so that a job of these resources is covered whenever it starts in the window: its walltime
    /// and the site's grace at the dearest row that can apply up to its latest end.
    public func hold(
        for resources: Resources, graceSeconds: Int64, in partition: PartitionID, from now: Instant,
        mustStartBy: Instant
    ) throws(TariffFault) -> Amount {
        let rows = rows(of: partition)
        guard !rows.isEmpty else { throw .noTariff(site, partition) }
        let (seconds, overflow) = resources.walltimeSeconds.addingReportingOverflow(graceSeconds)
        guard !overflow else { throw .tooLarge(site, partition) }
        let latest = mustStartBy.adding(seconds: seconds)
        var dearest: Int64 = 0
        var at = now
        repeat {
            let (row, border) = PriceList.row(of: rows, at: at)
            guard
                let rate = row.ratePerNode(
                    cores: resources.coresPerNode, memoryMiB: resources.memoryMiBPerNode,
                    devices: resources.devicesPerNode)
            else { throw .tooLarge(site, partition) }
            dearest = max(dearest, rate)
            at = border
        } while at < latest
        let total = Int128(dearest) * Int128(resources.nodes) * Int128(seconds)
        guard let thousandths = Int64(exactly: total) else { throw .tooLarge(site, partition) }
        return Amount(thousandths: thousandths)
    }

    /// The partition's rows, earliest first.
    private func rows(of partition: PartitionID) -> [Tariff] {
        tariffs.filter { $0.partition == partition }.sorted { $0.from < $1.from }
    }

    /// The row that holds at a moment and the next moment at which another may. Before the first row the first one
    /// counts, in a gap the one before it: hours are never free because a row is missing.
    private static func row(of rows: [Tariff], at moment: Instant) -> (row: Tariff, border: Instant) {
        let current = rows.lastIndex { $0.from <= moment } ?? 0
        let border = current + 1 < rows.count ? rows[current + 1].from : .distantFuture
        return (rows[current], max(border, moment.adding(seconds: 1)))
    }
}
