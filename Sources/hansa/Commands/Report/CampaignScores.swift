import Federation

/// The scores of evaluations, by language, as their programs reported them.
struct CampaignScores {
    /// One language's scores; bits per byte unless named otherwise.
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

    /// Takes the results of completed evaluations; a later task of the same language and variant wins.
    init(tasks: [TaskView]) {
        for task in tasks where task.kind == .evaluation && task.state == .completed {
            guard let result = task.result, let language = result["language"]?.text ?? task.languages.first
            else {
                continue
            }
            var row = rows[language] ?? Row()
            let bpb = result["bpb"]?.double
            switch result["variant"]?.text {
            case "untrained":
                row.bpb_untrained = bpb
                row.uniform_bpb = result["uniform_bpb"]?.double
            case "int8": row.bpb_int8 = bpb
            default:
                row.bpb = bpb
                row.bpc = result["bpc"]?.double
                row.xz_bpb = result["xz_bpb"]?.double
                row.unigram_bpb = result["unigram_bpb"]?.double
                row.bytes = result["bytes"]?.integer
                row.site = task.site?.rawValue
            }
            rows[language] = row
        }
    }

    /// What is not as a sound run leaves it, in words.
    var faults: [String] {
        rows.sorted { $0.key < $1.key }.flatMap { language, row -> [String] in
            guard let trained = row.bpb, let untrained = row.bpb_untrained, row.bpb_int8 != nil else {
                return ["\(language): not all three variants were scored"]
            }
            var faults: [String] = []
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
