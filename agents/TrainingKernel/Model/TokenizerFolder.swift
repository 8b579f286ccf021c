/// The tokenizer's files: what identifies them, and how they get into a model folder.
enum TokenizerFolder {
    /// The files that decide how text is cut.
    private static let deciding = ["tokenizer.json", "vocab.json", "merges.txt"]

    /// One hash of the deciding files: a model trained with another tokenizer is another model.
    static func hash(_ folder: String) throws -> String {
        let names = deciding.filter { Files.isFile("\(folder)/\($0)") }
        guard !names.isEmpty else {
            throw KernelFault.data("\(folder) holds no tokenizer; tokenizer.json is needed")
        }
        var hash = SHA256()
        for name in names {
            hash.update(name)
            try MappedFile.read("\(folder)/\(name)") { hash.update($0) }
        }
        return hash.finish()
    }

    /// Copies the files, and adds what transformers needs to open them.
    static func copy(_ folder: String, to target: String, context: Int) throws {
        let own = [ModelFolder.configuration, ModelFolder.weights, Settings.file]
        for name in Files.names(in: folder) where !own.contains(name) && Files.isFile("\(folder)/\(name)") {
            guard name.hasSuffix(".json") || name.hasSuffix(".txt") else { continue }
            try Files.copy("\(folder)/\(name)", to: "\(target)/\(name)")
        }
        try Files.write(try JSONText.pretty(Settings(context: context)), to: "\(target)/\(Settings.file)")
    }

    /// `tokenizer_config.json`.
    private struct Settings: Encodable {
        static let file = "tokenizer_config.json"

        enum CodingKeys: String, CodingKey {
            case tokenizer = "tokenizer_class"
            case context = "model_max_length"
            case cleans = "clean_up_tokenization_spaces"
        }

        var tokenizer = "PreTrainedTokenizerFast"
        var context: Int
        var cleans = false
    }
}
