import Federation

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
