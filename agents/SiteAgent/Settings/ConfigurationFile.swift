import Wire
import Yams

/// Reads settings: the file first, then the environment (`HANSA_AGENT_` and the key in capitals, words apart by `_`),
/// then flags. A key that means nothing is refused with the nearest that does.
public struct ConfigurationFile {
    /// The name that faults give to where a value came from.
    private let name: String
    /// The settings so far.
    public private(set) var configuration: AgentConfiguration

    /// Settings with all defaults.
    public init() {
        name = "settings"
        configuration = AgentConfiguration()
    }

    /// The settings of a file's text.
    public init(text: String, name: String) throws {
        self.name = name
        configuration = AgentConfiguration()
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch {
            throw AgentFault.badSetting(file: name, reason: "it is no YAML: \(error)")
        }
        guard let node else { return }
        guard case .mapping(let mapping) = node else {
            throw AgentFault.badSetting(file: name, reason: "it has to be a mapping of keys to values")
        }
        var seen: Set<String> = []
        for (key, value) in mapping {
            let line = key.mark.map { "line \($0.line)" } ?? "somewhere"
            guard let word = key.string else {
                throw AgentFault.badSetting(file: name, reason: "\(line): a key has to be a word")
            }
            guard seen.insert(word).inserted else {
                throw AgentFault.badSetting(file: name, reason: "\(line): \"\(word)\" comes twice")
            }
            try set(word, value, place: "\(name), \(line)")
        }
    }

    /// All keys.
    public static let keys: [String] = fields.keys.sorted()

    /// Sets one key from a text as it stands in the environment or a flag; lists are split at commas.
    public mutating func set(_ key: String, text: String, place: String) throws {
        let node: Node =
            if ConfigurationFile.lists.contains(key) {
                Node(text.split(separator: ",").map { Node(String($0)) })
            } else if ConfigurationFile.maps.contains(key) {
                try ConfigurationFile.map(text, key: key, place: place)
            } else {
                Node(text)
            }
        try set(key, node, place: place)
    }

    /// Takes what the environment says.
    public mutating func apply(environment: [String: String]) throws {
        for (variable, text) in environment.sorted(by: { $0.key < $1.key }) {
            guard variable.hasPrefix("HANSA_AGENT_") else { continue }
            let words = variable.dropFirst("HANSA_AGENT_".count).lowercased().split(separator: "_")
            let key = words.enumerated().map {
                $0.offset == 0 ? String($0.element) : $0.element.capitalizedFirst
            }
            .joined()
            // A key with a point has it between its first two words.
            let pointed = ConfigurationFile.keys.first {
                $0.contains(".") && $0.filter { $0 != "." }.lowercased() == key.lowercased()
            }
            try set(pointed ?? key, text: text, place: "environment variable \(variable)")
        }
    }

    private mutating func set(_ key: String, _ value: Node, place: String) throws {
        guard let field = ConfigurationFile.fields[key] else {
            let near = Spelling.nearest(to: key, among: ConfigurationFile.keys)
            let hint =
                near.map { "did you mean \"\($0)\"?" }
                ?? "known are \(ConfigurationFile.keys.joined(separator: ", "))"
            throw AgentFault.badSetting(file: place, reason: "there is no setting \"\(key)\"; \(hint)")
        }
        if let reason = field(&configuration, value) {
            throw AgentFault.badSetting(file: place, reason: "\"\(key)\" \(reason)")
        }
    }

    /// Sets a field from a value; answers what is wrong with it.
    typealias Field = @Sendable (inout AgentConfiguration, Node) -> String?

    private static let lists: Set<String> = ["partitions", "programFolders", "slurm.commands", "slurm.extra"]
    private static let maps: Set<String> = ["slurm.partitions", "slurm.qos"]
    private static let fields = ownFields.merging(slurmFields) { $1 }

    private static let ownFields: [String: Field] = [
        "folder": path { $0.folder = $1 },
        "journalFolder": path { $0.journalFolder = $1 },
        "sharedJournal": { configuration, node in
            guard let word = node.string, word == "true" || word == "false" else {
                return "has to be true or false"
            }
            configuration.sharedJournal = word == "true"
            return nil
        },
        "coordinator": text { $0.coordinator = $1 },
        "exchange": text { $0.exchange = $1 },
        "launcher": { configuration, node in
            guard let word = node.string, word == "mpi" || word == SlurmLauncher.name else {
                return "has to be mpi or slurm"
            }
            configuration.launcher = word
            return nil
        },
        "partitions": list { $0.partitions = $1 },
        "slots": number(1...4096) { $0.slots = Int($1) },
        "slotPool": path { $0.slotPool = $1 },
        "maximumJobs": number(1...100_000) { $0.maximumJobs = Int($1) },
        "submissionsAtOnce": number(1...64) { $0.submissionsAtOnce = Int($1) },
        "maximumWalltimeSeconds": number(1...31_536_000) { $0.maximumWalltimeSeconds = $1 },
        "programFolders": list { $0.programFolders = $1 },
        MPILauncher.rankStarter: text { $0.mpirun = $1 },
        "corpusCache": path { $0.corpusCache = $1 },
        "environment": { configuration, node in
            guard case .mapping(let mapping) = node else { return "has to be a mapping of names to values" }
            for (name, value) in mapping {
                guard let name = name.string, let value = value.scalar?.string, !name.hasPrefix("HANSA_")
                else {
                    return "has to map names, none of which begins with HANSA_, to texts"
                }
                configuration.environment[name] = value
            }
            return nil
        },
        "pollSeconds": number(0...60) { $0.pollSeconds = $1 },
        "lookMilliseconds": number(20...3_600_000) { $0.lookMillisecondsSet = $1 },
        "heartbeatSilentSeconds": number(2...86_400) { $0.heartbeatSilentSecondsSet = $1 },
        "estimateAfterSeconds": number(1...31_536_000) { $0.estimateAfterSecondsSet = $1 },
        "heartbeatSeconds": number(1...3600) { $0.heartbeatSeconds = $1 },
        "silenceSeconds": number(2...86_400) { $0.silenceSeconds = $1 },
        "killSeconds": number(1...3600) { $0.killSeconds = $1 },
        "metricsSeconds": number(1...86_400) { $0.metricsSeconds = $1 },
        "keepDays": number(0...36_500) { $0.keepDays = $1 },
        "leastFreeMegabytes": number(0...1_000_000_000) { $0.leastFreeMegabytes = $1 },
        "runGigabytes": number(0...1_000_000_000) { $0.runGigabytes = $1 },
        "houseSeconds": number(0...86_400) { $0.houseSeconds = $1 },
        "historyDays": number(1...36_500) { $0.historyDays = $1 },
        "storeGigabytes": number(0...1_000_000) { $0.storeGigabytes = $1 },
        "courierMegabytes": number(16...1_000_000) { $0.courierMegabytes = $1 },
        "clockOffsetFile": path { $0.clockOffsetFile = $1 },
    ]

    static func text(_ put: @escaping @Sendable (inout AgentConfiguration, String) -> Void) -> Field {
        { configuration, node in
            guard let value = node.scalar?.string, !value.isEmpty else { return "has to be a text" }
            put(&configuration, value)
            return nil
        }
    }

    static func path(_ put: @escaping @Sendable (inout AgentConfiguration, String) -> Void) -> Field {
        { configuration, node in
            guard let value = node.scalar?.string, value.hasPrefix("/") else {
                return "has to be an absolute path"
            }
            put(&configuration, value)
            return nil
        }
    }

    static func list(_ put: @escaping @Sendable (inout AgentConfiguration, [String]) -> Void) -> Field {
        { configuration, node in
            guard case .sequence(let sequence) = node else { return "has to be a list" }
            let values = sequence.compactMap { $0.scalar?.string }
            guard values.count == sequence.count, !values.isEmpty else { return "has to be a list of texts" }
            put(&configuration, values)
            return nil
        }
    }

    static func number(
        _ range: ClosedRange<Int64>, _ put: @escaping @Sendable (inout AgentConfiguration, Int64) -> Void
    ) -> Field {
        { configuration, node in
            guard let value = (node.scalar?.string).flatMap({ Int64($0) }), range.contains(value) else {
                return "has to be a whole number from \(range.lowerBound) to \(range.upperBound)"
            }
            put(&configuration, value)
            return nil
        }
    }
}

extension Substring {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
