/// Which word somebody meant, for readers of other documents than this module's.
public enum MeantWord {
    /// The nearest of the known words, if it is near enough to be a slip.
    public static func nearest(to word: String, among known: [String]) -> String? {
        Spelling.nearest(to: word, among: known)
    }
}
