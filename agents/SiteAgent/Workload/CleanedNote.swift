public import Federation

/// Left in a member's folder when what its program read and wrote was removed to make room.
public struct CleanedNote: Hashable, Sendable, Codable {
    /// When, by the site's wall clock.
    public var at: Instant
    /// Why, in words for whoever asks for the log later.
    public var why: String
    /// How long the log was, bytes.
    public var logBytes: Int64
    /// Its checkpoints were left, because an attempt of its task may yet go on from them.
    public var keptCheckpoints: Bool

    static func standing(in member: MemberFolder) -> CleanedNote? {
        (try? JSONFile.read(CleanedNote.self, "\(member.path)/cleaned.json")) ?? nil
    }

    /// What stands in the log's place, behind its last byte: a reader who has begun goes on to it, and to nothing else.
    func piece(offset: Int64) -> LogReader.Piece {
        let words = Array("[hansa: this log was removed at its site on \(at.dateText): \(why)]\n".utf8)
        let from = max(logBytes, min(offset, logBytes + Int64(words.count)))
        let left = words.dropFirst(Int(from - logBytes))
        return LogReader.Piece(
            offset: from, bytes: Int64(left.count), text: String(decoding: left, as: UTF8.self))
    }
}
