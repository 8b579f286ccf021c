import DrillKit
import Synchronization

/// The link between an agent and the coordinator is cut, passes one way only, is slow, resets, or lets nothing through
/// without a word for longer than every time-out.
final class LinkFault: SiteFault {
    /// What the link does.
    enum Way: String, Sendable, CaseIterable {
        case cut, oneWay = "one-way", slow, reset, away
    }

    let kind: String
    let isLong: Bool
    private let way: Way
    private let hit = Mutex<FaultyProxy?>(nil)

    init(_ way: Way) {
        self.way = way
        kind = "link-\(way.rawValue)"
        isLong = way == .away
    }

    func strike(_ seed: Seed, _ random: inout SeededRandom) async throws -> Landing? {
        let site = seed.sites[Int.random(in: seed.sites.indices, using: &random)]
        let bytes = Int.random(in: 200...6000, using: &random)
        let proxy = site.proxy
        guard proxy.weather == .clear else { return nil }
        hit.withLock { $0 = proxy }
        switch way {
        case .cut: proxy.weather = .refuses
        case .oneWay: proxy.weather = .losesAnswers
        case .slow: proxy.weather = .passes(bytesPerSecond: 300 + bytes / 4)
        case .reset: proxy.weather = .resets(afterBytes: bytes)
        case .away: proxy.weather = .silent
        }
        // An idle poll may stay open for half a minute before anything comes by.
        let seen = try await Patience.until("the link of \(site.name) spoils something", seconds: 45) {
            proxy.spoilt.total > 0 ? proxy.spoilt : nil
        }
        return Landing(target: "link of \(site.name)", pid: nil, evidence: "\(way.rawValue): \(seen)")
    }

    func heal(_ seed: Seed) async throws {
        guard let proxy = hit.withLock({ $0 }) else { return }
        proxy.weather = .clear
        hit.withLock { $0 = nil }
    }
}
