import Federation
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

/// Where the coordinator's certificates come from.
struct Certificates: Sendable {
    /// The certificates of both listeners.
    struct Pair: Sendable, Hashable {
        var people: ServerCertificate
        var agents: ServerCertificate
    }

    let settings: GatewaySettings
    let authority: Authority
    let now: @Sendable () -> Instant

    /// The certificates as they are to be now; makes what is missing or due.
    func load() throws -> Pair {
        let own = try ServerCertificate.load(
            folder: settings.stateFolder, names: settings.names, authority: authority, now: now().seconds)
        guard let files = settings.peopleCertificate else { return Pair(people: own, agents: own) }
        return Pair(people: try .read(chain: files.chain, key: files.key), agents: own)
    }
}
