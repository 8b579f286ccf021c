import Federation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// Finds, offline, a seed at which a run breaks with a clause (or a pair, `a+b`) switched off: what `ClauseTests`
/// keeps. `HANSA_ABLATE` names clauses, or is `all`; `HANSA_SEEDS` and `HANSA_SEED` are the range.
@Suite struct AblationSearch {
    @Test("which seed breaks without a clause", .enabled(if: getenv("HANSA_ABLATE") != nil))
    func search() async {
        let wanted = getenv("HANSA_ABLATE").map { String(cString: $0) } ?? ""
        let first = Seeds.setting("HANSA_SEED") ?? 0
        let count = Seeds.setting("HANSA_SEEDS") ?? 600
        let names =
            wanted == "all" ? Clause.allCases.map(\.rawValue) : wanted.split(separator: ",").map(String.init)
        for name in names {
            let clauses = Set(name.split(separator: "+").compactMap { Clause(rawValue: String($0)) })
            let outcome = await Seeds.run(first..<first + count, disabled: clauses, limit: 1)
            let found = outcome.failures.map { "\($0.seed) (\($0.verdict.first ?? ""))" }
            defer { fflush(nil) }
            print(
                "ABLATE \(name): \(found.isEmpty ? "nothing within \(count)" : found.joined(separator: " | "))"
            )
        }
    }
}
