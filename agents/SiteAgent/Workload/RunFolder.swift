public import Federation

/// A pack's folder at the site: its record, its one start marker, and a folder for each member.
public struct RunFolder: Hashable, Sendable {
    /// The folder, absolute.
    public let path: String

    /// The run folder at that path.
    public init(path: String) { self.path = path }

    /// What was offered; nil where there is no record, an error where it is damaged.
    public func record() throws -> RunRecord? { try JSONFile.read(RunRecord.self, "\(path)/record.json") }
    /// What the wrapper of that record goes by.
    func settings(of record: RunRecord) throws -> WrapperSettings {
        if let settings = record.wrapper { return settings }
        return try JSONFile.read(WrapperSettings.self, "\(path)/wrapper.json") ?? WrapperSettings()
    }
    /// Who took the start marker, if anybody has.
    public func start() throws -> StartMarker? { try StartMarker.standing(in: path) }
    /// The pack's finish marker.
    public func finish() throws -> PackFinish? { try JSONFile.read(PackFinish.self, "\(path)/finish") }
    /// The watchdog's note, where it had to act.
    public func watchdogNote() throws -> WatchdogNote? {
        try JSONFile.read(WatchdogNote.self, "\(path)/watchdog.json")
    }
    /// The last heartbeat, by the site's wall clock.
    public func heartbeat() -> Instant? {
        guard let bytes = try? DurableFile.read(heartbeatPath, limit: 64) else { return nil }
        return Int64(String(decoding: bytes, as: UTF8.self).filter(\.isNumber)).map {
            Instant(microseconds: $0)
        }
    }

    /// A member's folder.
    public func member(_ attempt: AttemptKey) -> MemberFolder {
        MemberFolder(path: "\(path)/\(attempt)", attempt: attempt)
    }
    /// Where the cancellation of the whole pack is asked for.
    var cancelPath: String { "\(path)/cancel" }
    var heartbeatPath: String { "\(path)/heartbeat" }

    /// Makes the folder with its record and settings. Returns false if it had a record already, which means that
    /// this pack was here before: doubt, for its starter.
    public func make(_ record: RunRecord, settings: WrapperSettings) throws -> Bool {
        if try self.record() != nil { return false }
        try Folder.make(path)
        for member in record.offer.members {
            try self.member(member.attempt).make(member.spec)
        }
        var whole = record
        whole.wrapper = settings
        // The record comes last, and is the one file that a power cut must leave: all that is needed stands in it.
        try JSONFile.write(whole, to: "\(path)/record.json")
        return true
    }
}
