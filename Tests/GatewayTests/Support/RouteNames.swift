import Crypto
import TestKit
import X509

@testable import Gateway

/// The routes that the gateway really has.
enum RouteNames {
    static func endpoints() throws -> Endpoints {
        let settings = GatewaySettings(stateFolder: "/nonexistent", sealKeyPEM: "")
        let authority = try Authority(name: "test", key: .init(.init()))
        return GatewayServer.endpoints(
            settings: settings, authority: authority, requests: RequestMetrics(), parked: ParkedPolls(),
            frame: PageFrame(instance: "test"), now: { SampleBook.start })
    }

    static func all() async throws -> [String] { try endpoints().all.map(\.name) }
}
