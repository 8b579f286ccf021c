import Federation
import SbatchScript

/// What became of a batch script, for programs.
struct ScriptReport: Encodable {
    /// The file.
    let script: String
    /// `accepted` or `refused`.
    let verdict: String
    /// Why it is refused.
    var reasons: [Reason]?
    /// What became of each line.
    var mapping: [MappingNote]?
    /// How many tasks it becomes.
    var tasks: Int?
    /// What a task of it asks for.
    var resources: Resources?
    /// The campaign's document.
    var campaign: JSONValue?

    /// One reason, with its place.
    struct Reason: Encodable {
        let line: Int?
        let column: Int?
        let found: String
        let message: String
        let advice: String?
    }

    init(_ file: BatchScriptFile) {
        script = file.path
        verdict = "accepted"
        mapping = file.mapped.notes
        tasks = file.mapped.array?.values.count ?? 1
        resources = file.mapped.resources
        campaign = file.mapped.document
    }

    init(_ refusal: BatchScriptFile.Refusal) {
        script = refusal.path
        verdict = "refused"
        reasons = refusal.faults.faults.map {
            Reason(line: $0.line, column: $0.column, found: $0.found, message: $0.message, advice: $0.advice)
        }
    }
}
