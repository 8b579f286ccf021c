/// What a carrier did in one round.
struct CarrierTally: Codable {
    /// Bundles posted to the coordinator.
    var posted = 0
    /// Replies brought into the inbox.
    var delivered = 0
    /// Chunks brought from the site to the depot, and their bytes.
    var chunksOut = 0
    var bytesOut = 0
    /// Chunks brought from the depot to the site, and their bytes.
    var chunksIn = 0
    var bytesIn = 0
    /// What somebody should look at, in words: it could not be carried, or nothing is made that could be.
    var faults: [String] = []
    /// What may be as it should be, in words.
    var remarks: [String] = []

    /// One line.
    var words: String {
        let line =
            "\(posted) bundles posted, \(delivered) replies brought, \(chunksOut) chunks out (\(bytesOut) bytes), "
            + "\(chunksIn) in (\(bytesIn) bytes)"
        return ([line] + (faults + remarks).map { "  " + $0 }).joined(separator: "\n")
    }
}
