/// A line of the metrics file of a data task.
struct CorpusProgress: Codable {
    var kind = "data"
    let language: String
    let languagesDone: Int
    let languagesWanted: Int
    let trainBytes: Int
    let heldoutBytes: Int
    let seconds: Double
}
