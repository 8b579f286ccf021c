import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

#if canImport(Glibc)
    import Glibc
#endif

/// One listener as a service; a failure to bind names the address and the likely cause.
struct ListeningService: Service {
    let name: String
    let address: GatewaySettings.Address
    let responder: RouterResponder<GatewayContext>
    let material: TLSMaterial
    let logger: Logger
    let onListening: @Sendable (_ name: String, _ port: Int) -> Void

    func run() async throws {
        let application = Application(
            responder: responder, server: .peers(material),
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port), serverName: nil, backlog: 4096),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? address.port
                logger.info("listening", metadata: ["for": "\(name)", "at": "\(address.host):\(port)"])
                onListening(name, port)
            },
            logger: logger)
        do {
            try await application.run()
        } catch let error as IOError {
            throw fault(error)
        }
    }

    private func fault(_ error: IOError) -> GatewayFault {
        if error.errnoCode == EADDRINUSE {
            return GatewayFault(
                kind: .addressTaken,
                description: "\(address) for \(name) is taken: does another coordinator run here?")
        }
        return GatewayFault(
            kind: .address,
            description:
                "\(address) for \(name) cannot be listened at: \(String(cString: strerror(error.errnoCode)))")
    }
}
