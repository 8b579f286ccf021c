internal import Glibc

/// The command line and environment of `hansa-kernel corpus`.
struct CorpusOptions {
    static let usage = """
        usage: hansa-kernel corpus --languages mt,de,… [--heldout-share 20] [--cache FOLDER]

          --languages      ISO 639-1 codes by commas, or "all": \(CorpusLanguage.all.map(\.code).joined(separator: " "))
          --heldout-share  one message in so many is held out (2 to 1000; 20 unless told)
          --cache          keeps downloaded packages; else $HANSA_CORPUS_CACHE, else a folder deleted at the end

        Writes train-LANGUAGE/, heldout-LANGUAGE/ and result.json below $HANSA_OUTPUTS.
        """

    let languages: [CorpusLanguage]
    let split: KeySplit
    /// Nil for a temporary folder.
    let cache: String?
    let outputs: String
    let metrics: String?

    init(_ arguments: [String], environment: (String) -> String?) throws(CorpusFault) {
        var values: [String: String] = [:]
        var rest = arguments[...]
        while let name = rest.popFirst() {
            guard ["--languages", "--heldout-share", "--cache"].contains(name) else {
                throw CorpusFault(.usage, "unknown argument \(name)\n\(Self.usage)")
            }
            guard let value = rest.popFirst(), !value.isEmpty else {
                throw CorpusFault(.usage, "\(name) needs a value\n\(Self.usage)")
            }
            values[name] = value
        }
        guard let codes = values["--languages"] else {
            throw CorpusFault(.usage, "--languages is missing\n\(Self.usage)")
        }
        languages = try Self.languages(codes)
        let share = values["--heldout-share"] ?? "20"
        guard let number = Int(share), (2...1000).contains(number) else {
            throw CorpusFault(.usage, "--heldout-share \(share): a number from 2 to 1000 is wanted")
        }
        split = KeySplit(share: number)
        cache = values["--cache"] ?? environment("HANSA_CORPUS_CACHE")
        guard let outputs = environment("HANSA_OUTPUTS"), !outputs.isEmpty else {
            throw CorpusFault(.usage, "HANSA_OUTPUTS is not set: the folder for the outputs is wanted")
        }
        self.outputs = outputs
        metrics = environment("HANSA_METRICS")
    }

    private static func languages(_ codes: String) throws(CorpusFault) -> [CorpusLanguage] {
        if codes == "all" { return CorpusLanguage.all }
        var found: [CorpusLanguage] = []
        for code in codes.split(separator: ",") {
            guard let language = CorpusLanguage.named(String(code)) else {
                throw CorpusFault(
                    .usage,
                    "no text for the language \(code); there is text for "
                        + CorpusLanguage.all.map(\.code).sorted().joined(separator: " "))
            }
            if !found.contains(language) { found.append(language) }
        }
        guard !found.isEmpty else { throw CorpusFault(.usage, "--languages names none") }
        return found
    }

    /// A variable of this process; nil when it is unset or empty.
    static func variable(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }
}
