/// What stands beside a tokenizer: what it was learned from, how, and its hash.
struct TokenizerManifest: Codable {
    struct Input: Codable {
        let language: String
        let sha256: String
        let bytes: Int
        let sampledBytes: Int
        let tokens: Int
        let bytesPerToken: Double
    }

    var name = "tokenizer"
    var algorithm = "byte-level BPE"
    let vocabulary: Int
    let merges: Int
    let sampleBytes: Int
    let inputs: [Input]
    /// SHA-256 of each file.
    let files: [String: String]
    var tool = "hansa-kernel tokenizer 1"
}
