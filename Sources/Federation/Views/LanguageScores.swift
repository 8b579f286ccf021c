/// The scores of one language, as the evaluations of a campaign reported them (`result.json`); bits per byte unless
/// named otherwise, lower is better.
public struct LanguageScores: Hashable, Sendable {
    /// The language.
    public var language: String
    /// Of the model's own initial weights.
    public var untrained: Double?
    /// Of the trained model.
    public var trained: Double?
    /// Of the trained model with weights of 8 bits.
    public var int8: Double?
    /// Of the trained model, bits per character.
    public var perCharacter: Double?
    /// What `xz -9e` makes of the same text.
    public var xz: Double?
    /// Of a unigram model of the train split's tokens.
    public var unigram: Double?
    /// Of a model that knows nothing but the number of tokens.
    public var uniform: Double?
    /// The text scored, bytes.
    public var bytes: Int64?
    /// Where the trained model was evaluated.
    public var site: SiteID?

    /// A language without scores.
    public init(language: String) { self.language = language }

    /// The completed evaluations among those tasks, by language; a later one of the same language and variant wins.
    /// What is no score (not finite, negative, beyond all bounds) is passed over: programs of members report it.
    public static func read(_ tasks: [TaskView]) -> [LanguageScores] {
        var found: [String: LanguageScores] = [:]
        let ended = tasks.filter { $0.kind == .evaluation && $0.state == .completed }
        for task in ended.sorted(by: { ($0.endedAt ?? .distantPast) < ($1.endedAt ?? .distantPast) }) {
            guard let result = task.result, let bpb = score(result["bpb"]),
                let language = result["language"]?.text ?? task.languages.first
            else { continue }
            var scores = found[language] ?? LanguageScores(language: language)
            switch result["variant"]?.text {
            case "untrained":
                scores.untrained = bpb
                scores.uniform = score(result["uniform_bpb"])
            case "int8": scores.int8 = bpb
            default:
                scores.trained = bpb
                scores.perCharacter = score(result["bpc"])
                scores.unigram = score(result["unigram_bpb"])
                scores.bytes = result["bytes"]?.integer
                scores.site = task.site
            }
            if let xz = score(result["xz_bpb"]) { scores.xz = xz }
            found[language] = scores
        }
        return found.values.sorted { $0.language < $1.language }
    }

    private static func score(_ value: JSONValue?) -> Double? {
        guard let number = value?.double, number.isFinite, number >= 0, number < 1e6 else { return nil }
        return number
    }
}
