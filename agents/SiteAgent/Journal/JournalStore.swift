public import Federation
import FoundationEssentials
import GRDB
import Glibc
import Wire

/// The agent's journal on disk: SQLite in rollback mode, synced at every commit, locked for as long as it is open.
/// Everything that one step changed goes in one transaction.
public final class JournalStore {
    private let database: DatabaseQueue
    private let path: String

    /// What the journal holds, as it stands on disk.
    public struct Contents {
        /// The head, or nil in a new journal.
        public var head: JournalHead?
        /// Packs.
        public var packs: [PackEntry] = []
        /// Attempts that have not been forgotten.
        public var attempts: [AttemptEntry] = []
        /// Forgotten attempts.
        public var history: [AttemptEntry] = []
        /// Events that have not been acknowledged.
        public var outbox: [NumberedEvent] = []
    }

    /// Opens or makes the journal of that agent. Refuses, with words, one of another agent or book, one that
    /// another process has open, one on a file system of several hosts unless it may lie there, and one that is damaged.
    public init(
        path: String, agent: AgentID, instance: InstanceID, mounts: String? = nil, mayBeShared: Bool = false
    ) throws {
        self.path = path
        let folder = Folder.parent(of: path)
        try Folder.make(folder)
        let table = mounts.map { MountTable($0) } ?? .current()
        if !mayBeShared, let kind = table.kind(of: folder), MountTable.isShared(kind: kind) {
            throw AgentFault.journalOnSharedFileSystem(path: path, kind: kind)
        }
        var configuration = Configuration()
        configuration.busyMode = .timeout(0.2)
        configuration.prepareDatabase { database in
            // The lock is taken at the first access and kept until the journal is closed.
            try database.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
            try database.execute(sql: "PRAGMA synchronous = FULL")
            try database.execute(sql: "PRAGMA journal_mode = TRUNCATE")
        }
        let owner = "\(agent) of instance \(instance)"
        do {
            // SQLite makes its files by the umask; its other files take this one's mode. One that stands is not opened:
            // to close it would give this process's locks on it away.
            let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            if file >= 0 { Glibc.close(file) } else { chmod(path, 0o600) }
            database = try DatabaseQueue(path: path, configuration: configuration)
            try database.write { database in
                try database.execute(sql: JournalStore.schema)
                if let standing = try String.fetchOne(database, sql: "SELECT name FROM owner") {
                    guard standing == owner else {
                        throw AgentFault.foreignJournal(path: path, owner: standing)
                    }
                } else {
                    try database.execute(
                        sql: "INSERT INTO owner (id, name) VALUES (1, ?)", arguments: [owner])
                }
                // A write, so that the lock is exclusive from here on.
                try database.execute(sql: "UPDATE owner SET opened = opened + 1")
            }
        } catch let error as DatabaseError {
            throw JournalStore.fault(error, path)
        }
    }

    private static let schema = """
        CREATE TABLE IF NOT EXISTS owner (
            id INTEGER PRIMARY KEY CHECK (id = 1), name TEXT NOT NULL, opened INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE IF NOT EXISTS head (id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS pack (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS attempt (
            key TEXT PRIMARY KEY, forgotten INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS event (number INTEGER PRIMARY KEY, body TEXT NOT NULL);
        """

    /// All that is on disk.
    public func load() throws -> Contents {
        do {
            return try database.read { database in
                var contents = Contents()
                contents.head = try JournalStore.bodies(JournalHead.self, database, "SELECT body FROM head")
                    .first
                contents.packs = try JournalStore.bodies(PackEntry.self, database, "SELECT body FROM pack")
                contents.attempts = try JournalStore.bodies(
                    AttemptEntry.self, database, "SELECT body FROM attempt WHERE forgotten = 0")
                contents.history = try JournalStore.bodies(
                    AttemptEntry.self, database, "SELECT body FROM attempt WHERE forgotten = 1")
                contents.outbox = try JournalStore.bodies(
                    NumberedEvent.self, database, "SELECT body FROM event ORDER BY number")
                return contents
            }
        } catch let error as DatabaseError {
            throw JournalStore.fault(error, path)
        } catch let error as DecodingError {
            throw AgentFault.damagedJournal(path: path, reason: "\(error)")
        }
    }

    /// Writes what changed, in one transaction. Throws `JournalFault.full` or `.failed`; nothing of it is on disk
    /// then.
    public func save(_ changes: JournalChanges, of journal: AgentJournal) throws(JournalFault) {
        if changes.isEmpty { return }
        do {
            try database.write { database in
                if changes.head {
                    try database.execute(
                        sql: "INSERT OR REPLACE INTO head (id, body) VALUES (1, ?)",
                        arguments: [try JournalStore.text(journal.head)])
                }
                try JournalStore.savePacks(changes.packs, journal, database)
                try JournalStore.saveAttempts(changes.attempts, journal, database)
                try JournalStore.saveEvents(changes, journal, database)
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_FULL {
            throw .full(path)
        } catch {
            throw .failed("\(path): \(error)")
        }
    }

    /// Gives the lock back.
    public func close() { try? database.close() }

    private static func savePacks(_ ids: Set<PackID>, _ journal: AgentJournal, _ database: Database) throws {
        for id in ids {
            if let pack = journal.packs[id] ?? journal.closedPacks[id] {
                try database.execute(
                    sql: "INSERT OR REPLACE INTO pack (id, body) VALUES (?, ?)",
                    arguments: [id.rawValue, try text(pack)])
            } else {
                try database.execute(sql: "DELETE FROM pack WHERE id = ?", arguments: [id.rawValue])
            }
        }
    }

    private static func saveAttempts(_ keys: Set<AttemptKey>, _ journal: AgentJournal, _ database: Database)
        throws
    {
        for key in keys {
            let live = journal.attempts[key]
            if let entry = live ?? journal.history[key] {
                try database.execute(
                    sql: "INSERT OR REPLACE INTO attempt (key, forgotten, body) VALUES (?, ?, ?)",
                    arguments: [key.description, live == nil, try text(entry)])
            } else {
                try database.execute(sql: "DELETE FROM attempt WHERE key = ?", arguments: [key.description])
            }
        }
    }

    private static func saveEvents(_ changes: JournalChanges, _ journal: AgentJournal, _ database: Database)
        throws
    {
        if changes.eventsRestarted { try database.execute(sql: "DELETE FROM event") }
        if let through = changes.eventsDeletedThrough {
            try database.execute(sql: "DELETE FROM event WHERE number <= ?", arguments: [through])
        }
        // After a restart of the numbering all events that stand are new.
        guard let from = changes.eventsRestarted ? Int64.min : changes.eventsAddedFrom else { return }
        for event in journal.outbox where event.number >= from {
            try database.execute(
                sql: "INSERT OR REPLACE INTO event (number, body) VALUES (?, ?)",
                arguments: [event.number, try text(event)])
        }
    }

    private static func bodies<Body: Decodable>(
        _ type: Body.Type, _ database: Database, _ sql: String
    ) throws -> [Body] {
        try String.fetchAll(database, sql: sql).map { try WireJSON.decoder.decode(type, from: Data($0.utf8)) }
    }

    private static func text(_ value: some Encodable) throws -> String {
        String(decoding: try WireJSON.bytes(value), as: UTF8.self)
    }

    private static func fault(_ error: DatabaseError, _ path: String) -> any Error {
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: AgentFault.journalInUse(path: path)
        case .SQLITE_NOTADB, .SQLITE_CORRUPT:
            AgentFault.damagedJournal(path: path, reason: "it is no SQLite database")
        case .SQLITE_FULL: JournalFault.full(path)
        default: JournalFault.failed("\(path): \(error)")
        }
    }
}
