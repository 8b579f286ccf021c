import ArgumentParser
import SiteAgent

/// A disk without room, or another reason why the journal cannot be written: said to whoever started the agent and,
/// where there is a way, to the coordinator.
enum JournalComplaint {
    /// Runs `work`; where the disk stops it, says so and ends with 74.
    static func raised<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let fault as JournalFault {
            AgentLog.say("hansa-agent: \(fault)")
            throw ExitCode(74)
        } catch let fault as FileFault where fault.isFull {
            AgentLog.say("hansa-agent: \(fault)")
            throw ExitCode(74)
        }
    }

    /// The same for the opening of an agent that has a network: nothing runs yet that could tell the coordinator.
    static func raised<Value>(
        for configuration: AgentConfiguration, once: Bool, _ work: () async throws -> Value
    ) async throws -> Value {
        try await raised {
            do {
                return try await work()
            } catch let fault as JournalFault {
                if let words = await JournalNotice(configuration, once: once).send(fault) {
                    AgentLog.say("hansa-agent: the coordinator could not be told: \(words)")
                }
                throw fault
            }
        }
    }
}
