import ArgumentParser
import SiteAgent

/// Where the agent's settings come from.
struct SettingsOptions: ParsableArguments {
    @Option(help: "The agent's folder.")
    var folder: String?

    @Option(
        help: "Its settings, YAML (ops/agents/<site>.yaml). HANSA_AGENT_… variables and flags go before it.")
    var config: String?

    @Option(
        name: .customLong("set"), help: "One setting, as key=value; may be given several times.")
    var settings: [String] = []

    @Option(help: "How much is logged: debug, info, notice, warning or error.")
    var logLevel = "info"

    /// The flags that give another command the same settings; paths are absolute in them.
    func flags() throws -> [String] {
        let folder = try read().folder
        var flags = ["--folder", folder]
        if let config { flags += ["--config", AgentService.absolute(config)] }
        return flags + settings.flatMap { ["--set", $0] }
    }

    func read() throws -> AgentConfiguration {
        var pairs: [(key: String, value: String)] = []
        for setting in settings {
            let parts = setting.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { throw ValidationError("--set wants key=value, not \"\(setting)\"") }
            pairs.append((parts[0], parts[1]))
        }
        return try AgentService.configuration(file: config, folder: folder, settings: pairs)
    }
}
