/// Which known word somebody meant who wrote another one.
enum Spelling {
    /// The nearest of the known words, if it is near enough to be a slip: at most a third of its letters differ.
    static func nearest(to word: String, among known: some Sequence<String>) -> String? {
        let written = Array(word.lowercased().utf8.prefix(64))
        var best: (word: String, distance: Int)?
        for candidate in known {
            let letters = Array(candidate.lowercased().utf8.prefix(64))
            let allowed = max(1, min(letters.count, written.count) / 3)
            // The beginning of a word counts as well as a slip: `pri` for `priority`.
            let isBegin = written.count >= 3 && letters.starts(with: written)
            guard isBegin || abs(letters.count - written.count) <= allowed else { continue }
            let found = distance(written, letters)
            if isBegin || found <= allowed {
                let weight = isBegin ? min(found, 1) : found
                if weight < best?.distance ?? Int.max { best = (candidate, weight) }
            }
        }
        return best?.word
    }

    /// `did you mean "…"?`, or the whole list where nothing is near and the list is short.
    static func suggestion(for word: String, among known: [String]) -> String? {
        if let near = nearest(to: word, among: known) { return "did you mean \"\(near)\"?" }
        guard !known.isEmpty, known.count <= 30 else { return nil }
        return "known: " + known.sorted().joined(separator: ", ")
    }

    /// How many letters must be inserted, deleted, replaced or swapped with their neighbour.
    static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        var before: [Int] = []
        var previous = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                let replaced = previous[column] + (letter == other ? 0 : 1)
                var cost = min(replaced, previous[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    cost = min(cost, before[column - 1] + 1)
                }
                current.append(cost)
            }
            before = previous
            previous = current
        }
        return previous[right.count]
    }
}
