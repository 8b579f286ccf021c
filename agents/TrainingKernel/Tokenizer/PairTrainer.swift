/// Learns byte pairs: the most frequent pair of neighbours becomes a token, again and again.
///
/// Counts are kept up to date word by word; a heap holds each pair's count as it was when last looked at. Among equal
/// counts the pair of smaller tokens is first, so the result depends on the words and weights alone.
struct PairTrainer {
    private struct Candidate: Comparable {
        let count: Int64
        let pair: UInt32

        @inline(__always)
        static func < (one: Candidate, other: Candidate) -> Bool {
            one.count > other.count || (one.count == other.count && one.pair < other.pair)
        }
    }

    /// The symbols of all words, one word after another; a word shrinks in its place.
    private var symbols: [UInt16] = []
    private var starts: [Int] = []
    private var lengths: [Int32] = []
    private let weights: [Int64]
    private var indexes: [UInt32: Int] = [:]
    private var counts: [Int64] = []
    /// The words that held a pair at some time; some may hold it no more, some stand twice.
    private var places: [[Int32]] = []
    private var heap = Heap<Candidate>()
    /// The pairs that the merge at hand brings forth, each once, and for every pair the last merge that did so.
    private var touched: [UInt32] = []
    private var touchedBy: [Int32] = []
    private var turn: Int32 = 0

    /// - Parameter words: distinct words with their weights.
    init(_ words: WordCounter) {
        weights = words.words.map(\.weight)
        symbols = words.bytes.map { UInt16($0) }
        starts = words.words.map(\.start)
        lengths = words.words.map { Int32($0.count) }
        for word in starts.indices {
            for index in starts[word]..<max(starts[word], starts[word] + Int(lengths[word]) - 1) {
                change(symbols[index], symbols[index + 1], by: weights[word], word: word)
            }
        }
        for (pair, index) in indexes { heap.push(Candidate(count: counts[index], pair: pair)) }
    }

    /// The pairs in the order of their discovery; the pair at position n makes the token 256 + n.
    ///
    /// - Parameter vocabulary: how many tokens there shall be, the 256 bytes included; fewer come out when no pair is left.
    mutating func merges(vocabulary: Int) -> [(UInt16, UInt16)] {
        var merges: [(UInt16, UInt16)] = []
        while merges.count + 256 < vocabulary, let candidate = heap.pop() {
            guard let index = indexes[candidate.pair] else { continue }
            let count = counts[index]
            guard count > 0 else { continue }
            guard count == candidate.count else {
                heap.push(Candidate(count: count, pair: candidate.pair))
                continue
            }
            let left = UInt16(truncatingIfNeeded: candidate.pair >> 16)
            let right = UInt16(truncatingIfNeeded: candidate.pair)
            merge(left, right, at: index, into: UInt16(256 + merges.count))
            merges.append((left, right))
        }
        return merges
    }

    private mutating func merge(_ left: UInt16, _ right: UInt16, at index: Int, into token: UInt16) {
        let words = places[index]
        places[index] = []
        counts[index] = 0
        touched.removeAll(keepingCapacity: true)
        turn += 1
        for word in words { merge(left, right, into: token, word: Int(word)) }
        // None is left; a run of one symbol (`aaa`) took itself away once more.
        counts[index] = 0
        for pair in touched {
            guard let index = indexes[pair], counts[index] > 0 else { continue }
            heap.push(Candidate(count: counts[index], pair: pair))
        }
    }

    private mutating func merge(_ left: UInt16, _ right: UInt16, into token: UInt16, word: Int) {
        let start = starts[word]
        let end = start + Int(lengths[word])
        let weight = weights[word]
        var read = start
        var written = start
        while read < end {
            guard read + 1 < end, symbols[read] == left, symbols[read + 1] == right else {
                symbols[written] = symbols[read]
                read += 1
                written += 1
                continue
            }
            if written > start {
                let before = symbols[written - 1]
                change(before, left, by: -weight, word: word)
                change(before, token, by: weight, word: word)
            }
            if read + 2 < end {
                let after = symbols[read + 2]
                // Where the same pair follows at once, its own turn replaces `token, left` by `token, token`.
                change(right, after, by: -weight, word: word)
                change(token, after, by: weight, word: word)
            }
            symbols[written] = token
            written += 1
            read += 2
        }
        lengths[word] = Int32(written - start)
    }

    private mutating func change(_ left: UInt16, _ right: UInt16, by amount: Int64, word: Int) {
        let pair = UInt32(left) << 16 | UInt32(right)
        let index: Int
        if let known = indexes[pair] {
            index = known
        } else {
            // A pair that is only ever taken away was counted before, so it is known.
            index = counts.count
            indexes[pair] = index
            counts.append(0)
            places.append([])
            touchedBy.append(-1)
        }
        counts[index] += amount
        guard amount > 0 else { return }
        if places[index].last != Int32(word) { places[index].append(Int32(word)) }
        if touchedBy[index] != turn {
            touchedBy[index] = turn
            touched.append(pair)
        }
    }
}
