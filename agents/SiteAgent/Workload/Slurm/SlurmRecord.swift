import Federation

/// What is known of a site's accounting, and how often it was asked about which pack: its database serves everybody.
struct SlurmRecord {
    /// Whether the site keeps accounting that this user may ask.
    enum Accounting: Hashable, Sendable {
        case unknown
        case there
        case none
    }

    /// How a pack has been asked about.
    private struct Asking {
        var first: Int64
        var next: Int64
    }

    var accounting = Accounting.unknown
    var fields: AccountingRow.Fields?
    var cluster: String?
    private var asked: [PackID: Asking] = [:]

    /// The packs that may be asked about now; those that are not among them any more are forgotten.
    mutating func due(_ packs: [PackInQuestion], now: Int64) -> [PackInQuestion] {
        let open = Set(packs.map(\.pack))
        asked = asked.filter { open.contains($0.key) }
        return packs.filter { (asked[$0.pack]?.next ?? now) <= now }
    }

    /// A pack was asked about. One whose record is whole is not asked about for long; another one less and less often.
    mutating func noted(_ pack: PackID, now: Int64) {
        let first = asked[pack]?.first ?? now
        let pause = min(600_000_000, max(1_000_000, (now - first) / 4))
        asked[pack] = Asking(first: first, next: now + pause)
    }

    /// Since when a pack is being asked about, microseconds.
    func waited(_ pack: PackID, now: Int64) -> Int64 { asked[pack].map { now - $0.first } ?? 0 }
}
