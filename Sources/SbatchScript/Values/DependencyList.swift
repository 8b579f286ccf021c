/// What `--dependency` waits for: `afterok:12:13_4`, `after:12+5`, `singleton`, joined by `,` (all) or `?` (any).
public struct DependencyList: Hashable, Sendable {
    /// One condition.
    public struct Condition: Hashable, Sendable {
        /// How it waits.
        public var kind: Kind
        /// The jobs as they were written; none for `singleton`.
        public var jobs: [String]
    }

    /// How a condition waits.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// For the start.
        case after
        /// For any end.
        case afterany
        /// For the end of its buffer's writing.
        case afterburstbuffer
        /// For the matching member of another array.
        case aftercorr
        /// For a bad end.
        case afternotok
        /// For a good end.
        case afterok
        /// For another job to take its nodes over.
        case expand
        /// For earlier jobs of the same name and user.
        case singleton
    }

    /// The conditions; none where nothing is to be waited for.
    public var conditions: [Condition]

    /// Reads a list; nil where Slurm takes it for none.
    public init?(_ text: String) {
        conditions = []
        guard !text.isEmpty else { return }
        guard !(text.contains(",") && text.contains("?")) else { return nil }
        for part in text.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "," || $0 == "?" }) {
            let pieces = part.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            guard let kind = Kind(rawValue: pieces[0].lowercased()) else { return nil }
            let jobs = Array(pieces.dropFirst())
            guard kind == .singleton ? jobs.isEmpty : !jobs.isEmpty, jobs.allSatisfy(DependencyList.isJob)
            else { return nil }
            conditions.append(Condition(kind: kind, jobs: jobs))
        }
    }

    /// `12`, `12_3`, `12_*`, `12+5`; also a shell's variable, which sbatch would refuse: it has a better message.
    private static func isJob(_ text: String) -> Bool {
        let characters = text.utf8
        return !characters.isEmpty
            && (characters.first == UInt8(ascii: "$")
                || characters.allSatisfy { (0x30...0x39).contains($0) || "_+*[]-%".utf8.contains($0) })
    }
}
