/// What somebody probably meant.
enum Suggestion {
    /// The candidate with the fewest edits, if it is near enough to be meant.
    static func nearest(to word: String, among candidates: [String]) -> String? {
        let ranked = candidates.map { (edits: edits(Array(word), Array($0)), word: $0) }
        guard let best = ranked.min(by: { $0.edits < $1.edits }) else { return nil }
        return best.edits <= max(2, word.count / 3) ? best.word : nil
    }

    /// Levenshtein's distance.
    private static func edits(_ a: [Character], _ b: [Character]) -> Int {
        var row = Array(0...b.count)
        for i in 0..<a.count {
            var diagonal = row[0]
            row[0] = i + 1
            for j in 0..<b.count {
                let substituted = diagonal + (a[i] == b[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[b.count]
    }
}
