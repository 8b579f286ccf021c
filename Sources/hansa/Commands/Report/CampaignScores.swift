import Federation

/// A campaign's scores as its summary and `--json` name them.
struct CampaignScores {
    /// One language's: `LanguageScores` under the summary's names.
    struct Row: Encodable {
        var bpb: Double?
        var bpb_untrained: Double?
        var bpb_int8: Double?
        var bpc: Double?
        var xz_bpb: Double?
        var unigram_bpb: Double?
        var uniform_bpb: Double?
        var bytes: Int64?
        var site: String?
    }

    private(set) var rows: [String: Row] = [:]

    /// The scores of the completed evaluations among those tasks.
    init(tasks: [TaskView]) {
        for scores in LanguageScores.read(tasks) {
            rows[scores.language] = Row(
                bpb: scores.trained, bpb_untrained: scores.untrained, bpb_int8: scores.int8,
                bpc: scores.perCharacter, xz_bpb: scores.xz, unigram_bpb: scores.unigram,
                uniform_bpb: scores.uniform, bytes: scores.bytes, site: scores.site?.rawValue)
        }
    }

    /// What is not as a sound run leaves it, in words.
    var faults: [String] {
        rows.sorted { $0.key < $1.key }.flatMap { language, row -> [String] in
            guard let trained = row.bpb, let untrained = row.bpb_untrained, row.bpb_int8 != nil else {
                return ["\(language): not all three variants were scored"]
            }
            var faults: [String] = []
            let beside: [(String, Any?)] = [
                ("bits per character", row.bpc), ("xz", row.xz_bpb), ("a unigram model", row.unigram_bpb),
                ("a uniform model", row.uniform_bpb), ("its bytes", row.bytes), ("its site", row.site),
            ]
            let missing = beside.filter { $0.1 == nil }.map(\.0)
            if !missing.isEmpty {
                faults.append("\(language): the scores lack \(missing.joined(separator: ", "))")
            }
            if trained >= 0.9 * untrained {
                faults.append(
                    "\(language): \(trained) bits per byte is not below 0.9 × \(untrained) untrained")
            }
            if let unigram = row.unigram_bpb, trained >= unigram {
                faults.append(
                    "\(language): \(trained) bits per byte is not below a unigram model's \(unigram)")
            }
            if let uniform = row.uniform_bpb, abs(untrained - uniform) > 0.05 * uniform {
                faults.append("\(language): untrained \(untrained) is not within 5 % of uniform \(uniform)")
            }
            return faults
        }
    }

    /// The scores as a table.
    static func table(of rows: [String: Row]) -> Table {
        var table = Table(
            "LANGUAGE", ">UNTRAINED", ">TRAINED", ">INT8", ">PER CHARACTER", ">XZ -9E", ">BYTES", "SITE")
        func text(_ value: Double?) -> String { value.map { Figures.decimal($0, digits: 3) } ?? "–" }
        for (language, row) in rows.sorted(by: { $0.key < $1.key }) {
            table.add(
                language, text(row.bpb_untrained), text(row.bpb), text(row.bpb_int8), text(row.bpc),
                text(row.xz_bpb),
                row.bytes.map(String.init) ?? "–", row.site ?? "")
        }
        return table
    }
}
