import Foundation
import Testing

@testable import TrainingKernel

@Suite struct TokenizerFilesTests {
    private let folder: String

    init() throws {
        folder = try OutputFolder.temporary("hansa-tokenizer-tests")
    }

    private func write(_ text: String) throws {
        try OutputFile.write(Array(text.utf8), to: "\(folder)/tokenizer.json")
    }

    @Test func learnsEqualSharesAndWritesAllForms() throws {
        // Maltese has a tenth of the text and must still shape the vocabulary.
        for (language, text, count) in [
            ("de", "ungeheuer großes Beispiel\n", 2000), ("mt", "għaxra kliem żgħir\n", 200),
        ] {
            try OutputFolder.create("\(folder)/train-\(language)")
            try OutputFile.write(
                Array(String(repeating: text, count: count).utf8), to: "\(folder)/train-\(language)/train.txt"
            )
        }
        let options = try TokenizerOptions(["--vocabulary", "290", "--sample-bytes", "20000"]) { name in
            name == "HANSA_METRICS" ? nil : folder
        }
        let result = try TokenizerTraining(options: options).run()
        #expect(result.vocabulary == 290 && result.languages == 2 && result.bytesPerToken > 1)
        let tokenizer = try Tokenizer.load(folder: "\(folder)/tokenizer")
        #expect(tokenizer.vocabularySize == 290)
        #expect(tokenizer.tokens.contains(Array(" klie".utf8)) || tokenizer.tokens.contains(Array("għ".utf8)))
        #expect(tokenizer.decode(tokenizer.encode("għaxra Beispiele")) == Array("għaxra Beispiele".utf8))

        let unigram = try JSONDecoder().decode(
            UnigramCounts.self, from: Data(try OutputFile.read("\(folder)/tokenizer/unigram.json")))
        #expect(unigram.counts.count == 290)
        #expect(abs(unigram.counts.reduce(0, +) - 2_000_000) < 300)
        let manifest = try JSONDecoder().decode(
            TokenizerManifest.self, from: Data(try OutputFile.read("\(folder)/tokenizer/manifest.json")))
        for (name, digest) in manifest.files {
            #expect(try OutputFile.sha256("\(folder)/tokenizer/\(name)") == digest)
        }
        #expect(manifest.files.count == 4)
        #expect(manifest.inputs.map(\.language) == ["de", "mt"])
        try FileManager.default.removeItem(atPath: folder)
    }

    @Test func tokenizerJSONHasTheLibrarysStructure() throws {
        let tokenizer = Tokenizer(pairs: [(0x22, 0x5C), (0x20, 0x61), (256, 257)])
        let bytes = Data(TokenizerFiles(tokenizer: tokenizer).tokenizerJSON.utf8)
        let document = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
        let model = try #require(document["model"] as? [String: Any])
        #expect(model["type"] as? String == "BPE")
        let vocabulary = try #require(model["vocab"] as? [String: Int])
        #expect(vocabulary.count == 259 && Set(vocabulary.values) == Set(0..<259))
        #expect(vocabulary["Ġa"] == 257 && vocabulary["\"\\Ġa"] == 258 && vocabulary["Ċ"] == 10)
        #expect(model["merges"] as? [[String]] == [["\"", "\\"], ["Ġ", "a"], ["\"\\", "Ġa"]])
        let cutter = try #require(document["pre_tokenizer"] as? [String: Any])
        #expect(cutter["type"] as? String == "ByteLevel" && cutter["add_prefix_space"] as? Bool == false)
        #expect(TokenizerFiles(tokenizer: tokenizer).mergesText == "#version: 0.2\n\" \\\nĠ a\n\"\\ Ġa\n")
        try write(TokenizerFiles(tokenizer: tokenizer).tokenizerJSON)
        #expect(try Tokenizer.load(folder: folder).encode("\"\\ a") == [256, 257])
        try FileManager.default.removeItem(atPath: folder)
    }

    @Test func refusesWhatIsNoTokenizer() throws {
        let good = TokenizerFiles(tokenizer: Tokenizer(pairs: [(97, 98)])).tokenizerJSON
        let bad = [
            "", "{}", good.replacing("\"BPE\"", with: "\"Unigram\""),
            good.replacing("\"ab\":256", with: "\"ab\":999"),
            good.replacing("\"normalizer\":null", with: "\"normalizer\":{\"type\":\"NFC\"}"),
            good.replacing("[\"a\",\"b\"]", with: "[\"a\",\"zz\"]"),
            good.replacing("\"ab\":256", with: "\"ab\":97"),
            good.replacing("\"add_prefix_space\":false", with: "\"add_prefix_space\":true"),
        ]
        for text in bad {
            try write(text)
            #expect(throws: TokenizerFault.self) { try Tokenizer.load(folder: folder) }
        }
        try write(good)
        #expect(try Tokenizer.load(folder: folder).vocabularySize == 257)
        #expect(throws: TokenizerFault.self) { try Tokenizer.load(folder: "\(folder)/missing") }
        try FileManager.default.removeItem(atPath: folder)
    }

    @Test func saysWhatIsMissing() throws {
        let options = try TokenizerOptions([]) { name in name == "HANSA_METRICS" ? nil : folder }
        let fault = #expect(throws: CorpusFault.self) { try TokenizerTraining(options: options).run() }
        #expect(fault?.kind == .data)
        #expect(throws: CorpusFault.self) { try TokenizerOptions(["--vocabulary", "70000"]) { _ in folder } }
        try FileManager.default.removeItem(atPath: folder)
    }
}
