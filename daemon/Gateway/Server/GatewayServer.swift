public import Coordination
public import Federation
import Hummingbird
public import Logging
public import ServiceLifecycle

/// The coordinator's outside: API and pages for people, the site exchange for agents, on two listeners.
public struct GatewayServer: Sendable {
    /// The listeners and what keeps their certificates fresh.
    public let services: [any Service]
    /// The authority that agents' certificates come from.
    public let authority: Authority

    /// A gateway before that coordinator; makes authority and certificates where they are missing.
    ///
    /// `onListening` is told of each listener (`people`, `agents`) and its port. Throws a `GatewayFault` where the
    /// state folder is not usable.
    public init(
        coordinator: Coordinator, settings: GatewaySettings, logger: Logger,
        now: @escaping @Sendable () -> Instant,
        onListening: @escaping @Sendable (_ name: String, _ port: Int) -> Void = { _, _ in }
    ) throws {
        let authority: Authority
        let pair: Certificates.Pair
        let certificates: Certificates
        do {
            try PrivateFile.makeFolder(settings.stateFolder)
            authority = try Authority.load(
                folder: settings.stateFolder, name: "Hansa \(coordinator.instance) agents")
            certificates = Certificates(settings: settings, authority: authority, now: now)
            pair = try certificates.load()
        } catch {
            throw GatewayFault(
                kind: .state, description: "the state folder \(settings.stateFolder): \(error)")
        }
        let people = try TLSMaterial(pair.people, clients: nil)
        let agents = try TLSMaterial(pair.agents, clients: authority)
        let router = GatewayServer.router(
            coordinator: coordinator, settings: settings, authority: authority, now: now)
        self.authority = authority
        services = [
            ListeningService(
                name: "people", address: settings.people, responder: router.buildResponder(),
                material: people,
                logger: logger, onListening: onListening),
            ListeningService(
                name: "agents", address: settings.agents, responder: router.buildResponder(),
                material: agents,
                logger: logger, onListening: onListening),
            CertificateRenewal(certificates: certificates, people: people, agents: agents, logger: logger),
        ]
    }

    /// Both listeners have the same routes; what tells them apart is who can show what.
    static func router(
        coordinator: Coordinator, settings: GatewaySettings, authority: Authority,
        now: @escaping @Sendable () -> Instant
    ) -> Router<GatewayContext> {
        let requests = RequestMetrics()
        let parked = ParkedPolls()
        let frame = PageFrame(instance: coordinator.instance.rawValue)
        let endpoints = GatewayServer.endpoints(
            settings: settings, authority: authority, requests: requests, parked: parked, frame: frame,
            now: now)
        let router = Router(context: GatewayContext.self)
        router.add(middleware: Envelope(endpoints: endpoints, metrics: requests, pages: frame))
        let doorkeeper = Doorkeeper(coordinator: coordinator, now: now)
        let keys = KeyGate()
        for endpoint in endpoints.all {
            router.on(
                RouterPath(endpoint.path), method: endpoint.method,
                responder: EndpointResponder(
                    endpoint: endpoint, doorkeeper: doorkeeper, coordinator: coordinator, keys: keys))
        }
        return router
    }

    /// Every route there is.
    static func endpoints(
        settings: GatewaySettings, authority: Authority, requests: RequestMetrics, parked: ParkedPolls,
        frame: PageFrame, now: @escaping @Sendable () -> Instant
    ) -> Endpoints {
        var endpoints = Endpoints()
        CampaignRoutes.add(to: &endpoints)
        TaskRoutes.add(to: &endpoints)
        DepotRoutes.add(to: &endpoints)
        LedgerRoutes.add(to: &endpoints, sealKeyPEM: settings.sealKeyPEM)
        SiteRoutes.add(to: &endpoints)
        AgentRoutes(
            authority: authority, certificateDays: settings.agentCertificateDays,
            pollSeconds: settings.pollSeconds,
            parked: parked, sealKeyPEM: settings.sealKeyPEM
        ).add(to: &endpoints)
        BundleRoutes.add(to: &endpoints)
        let url = settings.publicURL ?? "https://\(settings.people)"
        IdentityRoutes(publicURL: url).add(to: &endpoints)
        ServiceRoutes(requests: requests, parked: parked).add(to: &endpoints)
        PageRoutes(frame: frame, sealKeyPEM: settings.sealKeyPEM, now: now).add(to: &endpoints)
        return endpoints
    }
}
