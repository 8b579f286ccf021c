/// `result.json` of a data task.
struct CorpusResult: Codable {
    struct Language: Codable {
        let trainBytes: Int
        let heldoutBytes: Int
        let trainDocuments: Int
        let heldoutDocuments: Int
    }

    var kind = "data"
    let languages: [String: Language]
    let seconds: Double
}
