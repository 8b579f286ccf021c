import Yams

/// The keys of a site's Slurm.
extension ConfigurationFile {
    static let slurmFields: [String: Field] = [
        "slurm.configuration": path { $0.slurm.configuration = $1 },
        "slurm.commands": list { $0.slurm.commands = $1 },
        "slurm.shell": { configuration, node in
            guard let text = node.scalar?.string, SlurmShell.way(text) != nil else {
                return "has to be local, or an ssh command like \"ssh login.site\""
            }
            configuration.slurm.shell = text
            return nil
        },
        "slurm.accounting": { configuration, node in
            guard let word = node.string, word == "auto" || word == "none" else {
                return "has to be auto or none"
            }
            configuration.slurm.accounting = word
            return nil
        },
        "slurm.partitions": words { $0.slurm.partitions = $1 },
        "slurm.qos": words { $0.slurm.qos = $1 },
        "slurm.commandSeconds": number(1...600) { $0.slurm.commandSeconds = $1 },
        "slurm.extra": list { $0.slurm.extra = $1 },
    ]

    /// A map from a partition's name to a word, as a flag or a variable has it: `small=std,large=big`.
    static func map(_ text: String, key: String, place: String) throws -> Node {
        var pairs: [(Node, Node)] = []
        for entry in text.split(separator: ",") {
            let parts = entry.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                throw AgentFault.badSetting(
                    file: place, reason: "\"\(key)\" has to be like \"small=site-name,large=other-name\"")
            }
            pairs.append((Node(parts[0]), Node(parts[1])))
        }
        return Node(pairs)
    }

    private static func words(
        _ put: @escaping @Sendable (inout AgentConfiguration, [String: String]) -> Void
    ) -> Field {
        { configuration, node in
            guard case .mapping(let mapping) = node else {
                return "has to be a mapping of partitions to words"
            }
            var values: [String: String] = [:]
            for (name, value) in mapping {
                guard let name = name.string, let value = value.scalar?.string, !value.isEmpty else {
                    return "has to be a mapping of partitions to words"
                }
                values[name] = value
            }
            put(&configuration, values)
            return nil
        }
    }
}
