/// What stands beside a text: where it came from, under which licences, how it was split, and its hash.
struct CorpusManifest: Codable {
    struct Source: Codable {
        let package: String
        let version: String
        let licence: String
    }

    let name: String
    let language: String
    let script: String
    let split: String
    let file: String
    let sha256: String
    let bytes: Int
    let documents: Int
    let sources: [Source]
    /// How lines of the sources were turned away, both sides together.
    let rejectedLines: [String: Int]
    /// Message files that could not be read, by reason.
    let rejectedFiles: [String: Int]
    let splitRule: String
    let tool: String

    static let tool = "hansa-kernel corpus 1"
}
