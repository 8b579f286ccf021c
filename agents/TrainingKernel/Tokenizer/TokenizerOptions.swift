/// The command line and environment of `hansa-kernel tokenizer`.
struct TokenizerOptions {
    static let usage = """
        usage: hansa-kernel tokenizer --vocabulary 4096 [--sample-bytes N]
               hansa-kernel tokenizer --bench FILE

          --vocabulary    tokens in all, the 256 bytes included (257 to 65535)
          --sample-bytes  bytes of each language to learn from (1000000 unless told)
          --bench         prints how fast FILE is encoded, with $HANSA_INPUTS/tokenizer if it is there

        Reads $HANSA_INPUTS/train-*/train.txt; writes tokenizer/ and result.json below $HANSA_OUTPUTS.
        """

    let vocabulary: Int
    let sampleBytes: Int
    let bench: String?
    let inputs: String
    let outputs: String
    let metrics: String?

    init(_ arguments: [String], environment: (String) -> String?) throws(CorpusFault) {
        var values: [String: String] = [:]
        var rest = arguments[...]
        while let name = rest.popFirst() {
            guard ["--vocabulary", "--sample-bytes", "--bench"].contains(name) else {
                throw CorpusFault(.usage, "unknown argument \(name)\n\(Self.usage)")
            }
            guard let value = rest.popFirst() else {
                throw CorpusFault(.usage, "\(name) needs a value\n\(Self.usage)")
            }
            values[name] = value
        }
        bench = values["--bench"]
        vocabulary = try Self.number("--vocabulary", values["--vocabulary"] ?? "4096", 257...65535)
        sampleBytes = try Self.number(
            "--sample-bytes", values["--sample-bytes"] ?? "1000000", 1000...1_000_000_000)
        metrics = environment("HANSA_METRICS")
        inputs = environment("HANSA_INPUTS") ?? ""
        outputs = environment("HANSA_OUTPUTS") ?? ""
        guard bench == nil else { return }
        guard !inputs.isEmpty else {
            throw CorpusFault(
                .usage, "HANSA_INPUTS is not set: the folder with train-LANGUAGE/train.txt is wanted")
        }
        guard !outputs.isEmpty else {
            throw CorpusFault(.usage, "HANSA_OUTPUTS is not set: the folder for the outputs is wanted")
        }
    }

    private static func number(_ name: String, _ text: String, _ range: ClosedRange<Int>) throws(CorpusFault)
        -> Int
    {
        guard let number = Int(text), range.contains(number) else {
            throw CorpusFault(
                .usage, "\(name) \(text): a number from \(range.lowerBound) to \(range.upperBound) is wanted")
        }
        return number
    }
}
