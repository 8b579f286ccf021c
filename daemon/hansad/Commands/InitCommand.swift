import ArgumentParser
import Coordination
import Federation
import Gateway
import Postgres
import Seal
import Store

/// `hansad init`.
struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make the book: schema, instance, keys, and the first member with a token.",
        discussion: "May be repeated: what is there stays as it is. The token is shown once.")

    @OptionGroup var options: ConfigOption
    @Option(help: "The first member's name; a manager and operator.") var member = "admin"
    @Option(help: "The partner it belongs to.") var partner = "coordination"
    @Option(help: "That partner's country, ISO 3166-1 alpha-2.") var country = "EU"
    @Option(help: "Write the token to this file, readable by this user only, instead of printing it.")
    var tokenFile: String?

    func run() async throws {
        let settings = try options.settings()
        try StateFolder.make(settings.state)
        try await Daemon(settings: settings).closing { daemon in
            try await Migrator(pool: daemon.pool).migrate()
            let book = try await InstanceStore(pool: daemon.pool, settings: settings.timing.exchange).make(
                id: InstanceID(RandomText.make(length: 8)), now: SystemTime.now())
            let seal = try daemon.seal(making: true)
            let listener = Listener(settings: daemon.connection)
            let coordinator = try await daemon.coordinator(seal: seal, listener: listener)
            // Makes authority and certificates, so that clients can be given the authority before the first start.
            _ = try GatewayServer(
                coordinator: coordinator, settings: settings.gateway(sealKeyPEM: try seal.publicKey.pem()),
                logger: daemon.logger, now: SystemTime.now)
            print("book \(book.id), generation \(book.generation)")
            print("authority for clients: \(settings.state)/authority.pem")
            try await makeFirstMember(daemon, coordinator)
        }
    }

    private func makeFirstMember(_ daemon: Daemon, _ coordinator: Coordinator) async throws {
        let view = MemberView(
            id: MemberID(member), partner: PartnerID(partner), roles: [.manager, .operator], sites: [],
            name: nil,
            mail: nil, active: true)
        guard view.id.isWellFormed, view.partner.isWellFormed else {
            throw StartFault(
                .refused, "names have 1 to 64 of a-z A-Z 0-9 . _ - and begin with a letter or digit")
        }
        do {
            try await FirstMember(pool: daemon.pool).make(
                view, partnerName: "Coordination of the programme", country: country, now: SystemTime.now())
        } catch StoreFault.conflict(let words) {
            print("no member was made: \(words)")
            return
        }
        let principal = Principal(member: view.id, partner: view.partner, roles: [.manager, .operator])
        let token = try await coordinator.createToken(
            member: view.id, label: "first token", expires: nil, by: principal)
        if let tokenFile {
            try StateFolder.write(secret: token, to: tokenFile)
            print("the token of \(member) is in \(tokenFile)")
        } else {
            print("the token of \(member), shown this once: \(token)")
        }
    }
}
