/// The training text of every language as token ids, the same on all ranks.
struct TokenStreams {
    let languages: [String]
    let streams: [[UInt16]]
    /// Bytes of text by language.
    let bytes: [Int]
    /// One hash over names and tokens.
    let hash: String

    /// Reads `train-<language>/train.txt` of the inputs. Each rank tokenises some languages and gives them to all.
    init(_ folder: RunFolder, tokenizer: Tokenizer, vocabulary: Int, world: World) throws {
        let prefix = "train-"
        let languages = Files.names(in: folder.inputs).filter {
            $0.hasPrefix(prefix) && $0.count > prefix.count
        }
        .map { String($0.dropFirst(prefix.count)) }
        guard !languages.isEmpty else {
            throw KernelFault.data(
                "no folder train-<language> in \(folder.inputs) (HANSA_INPUTS); each holds a train.txt, UTF-8, one document a line"
            )
        }
        var streams: [[UInt16]] = [], bytes: [Int] = []
        try world.together {
            for (index, language) in languages.enumerated() {
                let mine = index % world.size == world.rank
                let text = try MappedFile("\(folder.inputs)/\(prefix)\(language)/train.txt")
                streams.append(mine ? text.withBytes { tokenizer.encode($0) } : [])
                bytes.append(text.count)
                guard !mine || streams[index].count > 1 else {
                    throw KernelFault.data("\(folder.inputs)/\(prefix)\(language)/train.txt holds no text")
                }
                if let foreign = streams[index].first(where: { $0 >= vocabulary }) {
                    throw KernelFault.data("the tokenizer gave token \(foreign) of \(vocabulary)")
                }
            }
        }
        for index in languages.indices {
            let owner = index % world.size
            let count = world.broadcast(streams[index].count, root: owner)
            if world.rank != owner { streams[index] = Array(repeating: 0, count: count) }
            streams[index].withUnsafeMutableBytes { world.broadcast($0, root: owner) }
        }
        self.languages = languages
        self.streams = streams
        self.bytes = bytes
        hash = Self.hash(languages, streams)
    }

    private static func hash(_ languages: [String], _ streams: [[UInt16]]) -> String {
        var hash = SHA256()
        for (language, stream) in zip(languages, streams) {
            hash.update("\(language):\(stream.count)\n")
            stream.withUnsafeBytes { hash.update($0) }
        }
        return hash.finish()
    }

    /// Mean bytes of a token when languages are drawn evenly, as in training.
    var bytesPerToken: Double {
        zip(bytes, streams).reduce(0.0) { $0 + Double($1.0) / Double($1.1.count) } / Double(languages.count)
    }

    /// All tokens of the text.
    var tokens: Int { streams.reduce(0) { $0 + $1.count } }

    /// Draws one sequence: a language, evenly, and a place in its text. A pure function of seed, step and sample, so
    /// that the data do not depend on ranks or restarts. A text shorter than the context is read round and round.
    func draw(
        seed: UInt64, step: Int, sample: Int, context: Int, tokens: UnsafeMutablePointer<Int32>,
        targets: UnsafeMutablePointer<Int32>
    ) {
        let key = Randomness.key(seed, UInt64(step), UInt64(sample))
        let stream = streams[Randomness.below(languages.count, Randomness.mix(key))]
        var place = Randomness.below(stream.count, Randomness.mix(key &+ 1))
        var current = Int32(stream[place])
        for index in 0..<context {
            place += 1
            if place == stream.count { place = 0 }
            let next = Int32(stream[place])
            tokens[index] = current
            targets[index] = next
            current = next
        }
    }
}
