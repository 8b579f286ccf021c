import APIClient
import Federation

/// Tells the coordinator of an agent that cannot even start, because its journal cannot be written.
public struct JournalNotice {
    /// Longer nobody waits for it.
    private static let patience = Duration.seconds(15)

    private let configuration: AgentConfiguration
    private let mode: AgentMode

    /// The notice of the agent with those settings.
    public init(_ configuration: AgentConfiguration, once: Bool) {
        self.configuration = configuration
        mode = once ? .once : .serve
    }

    /// Sends it once; answers in words why it was not taken, nil where it was.
    public func send(_ fault: JournalFault) async -> String? {
        do {
            let folder = AgentFolder(path: configuration.folder)
            let identity = try folder.identity()
            let connection = try AgentConnection(
                folder: folder, identity: identity, exchange: configuration.exchange,
                coordinator: configuration.coordinator)
            let document = document(fault, identity)
            let sending = Task { try await connection.exchange(document, waitSeconds: 0) }
            let timer = Task {
                try? await Task.sleep(for: Self.patience)
                sending.cancel()
            }
            let answer = await sending.result
            timer.cancel()
            await connection.shutdown()
            _ = try answer.get()
            return nil
        } catch {
            return "\(error)"
        }
    }

    /// Of a journal that is never written: a notice bears no number and changes nothing in the exchange.
    private func document(_ fault: JournalFault, _ identity: AgentIdentity) -> AgentDocument {
        var rules = AgentJournal(
            instance: identity.instance, agent: identity.agent, runRoot: identity.runRoot,
            journal: JournalID(RandomName.make()), mode: mode)
        rules.program = AgentService.programVersion
        rules.trouble = "it could not be started: \(fault)"
        rules.capacity = configuration.partitions.map { name in
            var capacity = PartitionCapacity(partition: PartitionID(name), freeJobs: 0)
            capacity.remark = fault.short
            return capacity
        }
        return rules.notice(freshSession: SessionID(RandomName.make()))
    }
}
