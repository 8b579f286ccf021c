import Federation

/// What runs: this program with the agent's folder and settings, as it is written into units, lines and scripts.
struct InstalledAgent {
    var identity: AgentIdentity
    var folder: AgentFolder
    var configuration: AgentConfiguration
    /// This program's file.
    var executable: String
    /// The flags that give it its settings.
    var flags: [String]

    /// The name of unit, job and crontab block: one for each agent of each book.
    var name: String { "hansa-agent-\(identity.agent)-\(identity.instance)" }

    func command(_ verb: String, _ more: [String] = []) -> [String] { [executable, verb] + flags + more }
}
