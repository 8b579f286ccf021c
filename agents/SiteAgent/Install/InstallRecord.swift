import Federation

/// What was installed, so that it can be taken away again; stands in the agent's folder.
struct InstallRecord: Hashable, Codable {
    /// How the agent is kept running.
    var way: InstallWay
    /// The name of unit, job or crontab block.
    var name: String
    /// The file that was written, if it is one.
    var path: String?
    /// When.
    var at: Instant

    static func path(in folder: AgentFolder) -> String { "\(folder.path)/installed.json" }

    static func standing(in folder: AgentFolder) throws -> InstallRecord? {
        try JSONFile.read(InstallRecord.self, path(in: folder))
    }
}
