internal import Glibc

/// `hansa-kernel tokenizer`: learns byte-level BPE from the texts of data tasks, every language with the same weight.
public enum TokenizerCommand {
    /// Runs the command; complaints go to standard error.
    ///
    /// - Returns: 0; 64 for a wrong command line, 65 for missing or unusable text, 74 when a file cannot be written.
    public static func run(_ arguments: [String]) throws -> Int32 {
        if arguments.contains("--help") || arguments.contains("-h") {
            print(TokenizerOptions.usage)
            return 0
        }
        do throws(CorpusFault) {
            let options = try TokenizerOptions(arguments, environment: CorpusOptions.variable)
            if let file = options.bench {
                try bench(file, inputs: options.inputs)
            } else {
                let result = try TokenizerTraining(options: options).run()
                print(
                    "\(result.vocabulary) tokens from \(result.languages) languages, "
                        + "\(result.bytesPerToken) bytes a token, \(result.seconds) s")
            }
            return 0
        } catch {
            let line = Array("hansa-kernel tokenizer: \(error.description)\n".utf8)
            _ = write(2, line, line.count)
            return error.kind.rawValue
        }
    }

    /// Encodes a file five times and prints the speed of the median run; without a tokenizer one is learned from it.
    private static func bench(_ file: String, inputs: String) throws(CorpusFault) {
        let bytes = try OutputFile.read(file)
        let tokenizer: Tokenizer
        if !inputs.isEmpty, OutputFolder.size("\(inputs)/tokenizer/tokenizer.json") != nil {
            do {
                tokenizer = try Tokenizer.load(folder: "\(inputs)/tokenizer")
            } catch {
                throw CorpusFault(.data, "\(error)")
            }
        } else {
            var counter = WordCounter()
            bytes.withUnsafeBufferPointer { counter.add($0, weight: 1) }
            var trainer = PairTrainer(counter)
            tokenizer = Tokenizer(pairs: trainer.merges(vocabulary: 4096))
        }
        var seconds: [Double] = []
        var tokens = 0
        for _ in 0..<5 {
            let clock = Stopwatch()
            tokens = bytes.withUnsafeBytes { tokenizer.encode($0).count }
            seconds.append(clock.seconds)
        }
        let speed = (Double(bytes.count) / 1e5 / max(1e-9, seconds.sorted()[2])).rounded() / 10
        print(
            "encode \(speed) MB/s, \(tokens) tokens of \(bytes.count) bytes, vocabulary \(tokenizer.vocabularySize)"
        )
    }
}
