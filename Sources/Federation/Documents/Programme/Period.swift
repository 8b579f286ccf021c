/// A period that has a beginning and an end.
struct Period {
    let from: Instant
    let until: Instant

    /// Reads `{from, until}`; a bare date in `until` is the period's last day.
    static func read(_ node: DocumentNode) -> Period? {
        guard let object = node.object(keys: ["from", "until"]) else { return nil }
        guard let from = object.required("from")?.moment(),
            let until = object.required("until")?.moment(endOfDay: true)
        else { return nil }
        guard from < until else {
            node.fault("ends before it begins")
            return nil
        }
        return Period(from: from, until: until)
    }
}
