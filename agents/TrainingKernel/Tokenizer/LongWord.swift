/// Merges long words in n log n steps, so that a megabyte without a space is no attack.
enum LongWord {
    private struct Candidate: Comparable {
        let merge: UInt32
        let place: Int
        /// The symbols as they were when the candidate was made; anything else is out of date.
        let left: UInt16
        let right: UInt16

        static func < (one: Candidate, other: Candidate) -> Bool {
            (one.merge, one.place) < (other.merge, other.place)
        }
    }

    static func merged(_ word: [UInt16], _ pairs: PairTable) -> [UInt16] {
        var symbols = word
        var isAlive = [Bool](repeating: true, count: word.count)
        var next = Array(1...word.count)
        var previous = Array(-1..<word.count - 1)
        var heap = Heap<Candidate>()

        func offer(_ place: Int) {
            let follower = next[place]
            guard follower < word.count else { return }
            let merge = pairs.merge(symbols[place], symbols[follower])
            guard merge != PairTable.none else { return }
            heap.push(Candidate(merge: merge, place: place, left: symbols[place], right: symbols[follower]))
        }

        for place in word.indices { offer(place) }
        while let candidate = heap.pop() {
            let place = candidate.place
            let follower = next[place]
            guard isAlive[place], follower < word.count, symbols[place] == candidate.left,
                symbols[follower] == candidate.right
            else { continue }
            symbols[place] = UInt16(truncatingIfNeeded: candidate.merge)
            isAlive[follower] = false
            next[place] = next[follower]
            if next[place] < word.count { previous[next[place]] = place }
            offer(place)
            if previous[place] >= 0 { offer(previous[place]) }
        }
        return word.indices.filter { isAlive[$0] }.map { symbols[$0] }
    }
}
