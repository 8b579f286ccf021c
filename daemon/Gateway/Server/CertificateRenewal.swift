import Logging
import ServiceLifecycle

/// Looks every hour whether the coordinator's own certificates are due, or were replaced on disk, and takes the new
/// ones for the connections that come.
struct CertificateRenewal: Service {
    let certificates: Certificates
    let people: TLSMaterial
    let agents: TLSMaterial
    let logger: Logger

    func run() async throws {
        var current = try certificates.load()
        while true {
            do {
                try await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(3600)) }
            } catch is CancellationError {
                return
            }
            do {
                let next = try certificates.load()
                guard next != current else { continue }
                try people.replace(next.people, clients: nil)
                try agents.replace(next.agents, clients: certificates.authority)
                current = next
                logger.info("took the coordinator's new certificates")
            } catch {
                logger.error(
                    "the coordinator's certificates stay as they are", metadata: ["error": "\(error)"])
            }
        }
    }
}
