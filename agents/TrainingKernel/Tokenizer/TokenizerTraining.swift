/// One training of a tokenizer, from the texts to the files.
struct TokenizerTraining {
    let options: TokenizerOptions

    func run() throws(CorpusFault) -> TokenizerResult {
        let clock = Stopwatch()
        let texts = try TrainingText.all(in: options.inputs)
        let learning = Stopwatch()
        var counter = WordCounter()
        var sampled: [Int] = []
        for text in texts { sampled.append(text.sample(options.sampleBytes, into: &counter)) }
        var trainer = PairTrainer(counter)
        let tokenizer = Tokenizer(pairs: trainer.merges(vocabulary: options.vocabulary))
        let learned = learning.seconds
        let encoding = Stopwatch()
        let counts = texts.map { self.counts(of: $0, tokenizer) }
        let encoded = encoding.seconds
        let inputs = texts.indices.map { index in
            let tokens = counts[index].reduce(0, +)
            return TokenizerManifest.Input(
                language: texts[index].language, sha256: texts[index].sha256, bytes: texts[index].bytes.count,
                sampledBytes: sampled[index], tokens: tokens,
                bytesPerToken: Self.rounded(Double(texts[index].bytes.count) / Double(max(1, tokens))))
        }
        try write(tokenizer, UnigramCounts(counts, vocabulary: tokenizer.vocabularySize), inputs)
        let result = TokenizerResult(
            vocabulary: tokenizer.vocabularySize,
            bytesPerToken: Self.rounded(inputs.reduce(0) { $0 + $1.bytesPerToken } / Double(inputs.count)),
            seconds: Self.rounded(clock.seconds), languages: texts.count,
            trainMegabytesPerSecond: Self.rounded(Double(sampled.reduce(0, +)) / 1e6 / learned),
            encodeMegabytesPerSecond: Self.rounded(
                Double(texts.reduce(0) { $0 + $1.bytes.count }) / 1e6 / encoded))
        try OutputFile.write(DocumentText.file(result), to: "\(options.outputs)/result.json")
        if let metrics = options.metrics { try OutputFile.append(DocumentText.line(result), to: metrics) }
        return result
    }

    private static func rounded(_ value: Double) -> Double {
        (value * 1000).rounded() / 1000
    }

    private func counts(of text: TrainingText, _ tokenizer: Tokenizer) -> [Int] {
        var counts = [Int](repeating: 0, count: tokenizer.vocabularySize)
        for token in text.bytes.withUnsafeBytes({ tokenizer.encode($0) }) { counts[Int(token)] += 1 }
        return counts
    }

    /// A folder with a manifest is whole: it comes last, and an old one is written over only then.
    private func write(
        _ tokenizer: Tokenizer, _ unigram: UnigramCounts, _ inputs: [TokenizerManifest.Input]
    ) throws(CorpusFault) {
        let folder = "\(options.outputs)/tokenizer"
        try OutputFolder.create(folder)
        let forms = TokenizerFiles(tokenizer: tokenizer)
        let files: [String: [UInt8]] = [
            "tokenizer.json": Array(forms.tokenizerJSON.utf8),
            "vocab.json": Array(forms.vocabularyJSON.utf8) + [10],
            "merges.txt": Array(forms.mergesText.utf8),
            "unigram.json": Array(try DocumentText.line(unigram).utf8) + [10],
        ]
        for (name, bytes) in files { try OutputFile.write(bytes, to: "\(folder)/\(name)") }
        let manifest = TokenizerManifest(
            vocabulary: tokenizer.vocabularySize, merges: tokenizer.merges.count,
            sampleBytes: options.sampleBytes,
            inputs: inputs, files: files.mapValues { SHA256Digest.hex(of: $0) })
        try OutputFile.write(DocumentText.file(manifest), to: "\(folder)/manifest.json")
    }
}
