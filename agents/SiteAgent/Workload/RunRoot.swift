public import Federation

/// The folder above an agent's run folders. Its id, written at enrolment, keeps an agent out of another one's.
public struct RunRoot: Hashable, Sendable {
    /// What stands in the root's id file.
    public struct Mark: Hashable, Sendable, Codable {
        /// The root's id; random.
        public var id: RunRootID
        /// The book it belongs to.
        public var instance: InstanceID
        /// The site.
        public var site: SiteID
        /// The agent.
        public var agent: AgentID

        /// A mark with that content.
        public init(id: RunRootID, instance: InstanceID, site: SiteID, agent: AgentID) {
            self.id = id
            self.instance = instance
            self.site = site
            self.agent = agent
        }
    }

    /// The folder, absolute.
    public let path: String
    /// Whose it is.
    public let mark: Mark

    private static func markPath(_ path: String) -> String { "\(path)/run-root.json" }

    /// Makes the folder and marks it, at enrolment. A folder with another mark is refused.
    public static func make(path: String, mark: Mark) throws -> RunRoot {
        if let standing = try JSONFile.read(Mark.self, markPath(path)), standing != mark {
            throw AgentFault.foreignRunRoot(path: path, owner: "\(standing.agent) of site \(standing.site)")
        }
        try Folder.make(path)
        try JSONFile.write(mark, to: markPath(path))
        return RunRoot(path: path, mark: mark)
    }

    /// Opens the folder of that agent; a missing or foreign mark is refused.
    public static func open(path: String, agent: AgentID, instance: InstanceID) throws -> RunRoot {
        guard let mark = try JSONFile.read(Mark.self, markPath(path)) else {
            throw AgentFault.unmarkedRunRoot(path: path)
        }
        guard mark.agent == agent, mark.instance == instance else {
            throw AgentFault.foreignRunRoot(path: path, owner: "\(mark.agent) of site \(mark.site)")
        }
        return RunRoot(path: path, mark: mark)
    }

    /// The folder of a pack.
    public func folder(_ pack: PackID) -> RunFolder { RunFolder(path: "\(path)/\(pack)") }

    /// All run folders with the pack that each is named for.
    public func folders() -> [(pack: PackID, folder: RunFolder)] {
        Folder.entries(path).compactMap { name in
            let pack = PackID(name)
            guard pack.isWellFormed, DurableFile.exists("\(path)/\(name)/record.json") else { return nil }
            return (pack, RunFolder(path: "\(path)/\(name)"))
        }
    }

    /// Site-local content, by hash.
    public var storePath: String { "\(Folder.parent(of: path))/store" }
    /// What programs cache.
    public var cachePath: String { "\(Folder.parent(of: path))/cache" }
}
