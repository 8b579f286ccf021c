/// `unigram.json`: how often each token occurs in the training text when every language has the same number of tokens.
struct UnigramCounts: Codable {
    /// By token; a language's counts are scaled to a million tokens before they are added.
    var counts: [Int]

    init(_ languages: [[Int]], vocabulary: Int) {
        var sums = [Double](repeating: 0, count: vocabulary)
        for counts in languages {
            let scale = 1e6 / Double(max(1, counts.reduce(0, +)))
            for (token, count) in counts.enumerated() { sums[token] += Double(count) * scale }
        }
        counts = sums.map { Int($0.rounded()) }
    }
}
