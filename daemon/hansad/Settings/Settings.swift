import Coordination
import Federation
import Gateway
import Logging

/// What the settings file says; every key has a default but `database` and `state`.
struct Settings {
    /// How the log is written.
    enum LogForm: String, CaseIterable {
        case text, json
    }

    var database: String
    var state: String
    var people = GatewaySettings.Address(host: "127.0.0.1", port: 8443)
    var agents = GatewaySettings.Address(host: "127.0.0.1", port: 8444)
    var peopleCertificate: (chain: String, key: String)?
    var names = ["localhost", "127.0.0.1"]
    var url: String?
    var connections = 8
    var certificateDays = 30
    var depotFolder: String
    var depotGiB = 64
    var tasksPerSubmission = 1_000_000
    var timing = Timing()
    var logForm = LogForm.text
    var logLevel = Logger.Level.info

    /// Times; drills and demos shorten them.
    struct Timing {
        var exchange = ExchangeSettings()
        var pollSeconds: Int64 = 30
        var leaseSeconds: Int64 = 10
        var placementMilliseconds: Int64 = 1000
        var sweepMilliseconds: Int64 = 2000
        var sealMilliseconds: Int64 = 5000
        var auditSeconds: Int64 = 300
    }

    init(database: String, state: String) {
        self.database = database
        self.state = state
        depotFolder = state + "/depot"
    }

    /// What the use cases take of it; `holder` names this process.
    func coordinator(holder: String) -> CoordinatorSettings {
        var settings = CoordinatorSettings(depotFolder: depotFolder, holder: holder)
        settings.exchange = timing.exchange
        settings.depotBytes = Int64(depotGiB) << 30
        settings.pollSeconds = timing.pollSeconds
        settings.leaseSeconds = timing.leaseSeconds
        settings.tasksPerSubmission = tasksPerSubmission
        settings.placementMilliseconds = timing.placementMilliseconds
        settings.sweepMilliseconds = timing.sweepMilliseconds
        settings.sealMilliseconds = timing.sealMilliseconds
        settings.auditSeconds = timing.auditSeconds
        return settings
    }

    /// What the gateway takes of it.
    func gateway(sealKeyPEM: String) -> GatewaySettings {
        var settings = GatewaySettings(stateFolder: state, sealKeyPEM: sealKeyPEM)
        settings.people = people
        settings.agents = agents
        settings.peopleCertificate = peopleCertificate
        settings.names = names
        settings.publicURL = url
        settings.agentCertificateDays = Double(certificateDays)
        settings.pollSeconds = timing.pollSeconds
        return settings
    }
}
