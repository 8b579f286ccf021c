import APIClient
import Federation
import Seal
import Subprocess
import Wire

/// Looks whether an agent can work here, and says what is wrong in words.
public struct AgentDoctor: Sendable {
    /// One thing that was looked at.
    public struct Finding: Hashable, Sendable {
        /// What.
        public var subject: String
        /// Whether it is as it should be.
        public var isGood: Bool
        /// How it is.
        public var words: String
    }

    private let configuration: AgentConfiguration

    /// The doctor of the agent with those settings.
    public init(_ configuration: AgentConfiguration) { self.configuration = configuration }

    /// Looks at everything; never throws.
    public func examine() async -> [Finding] {
        var findings: [Finding] = []
        func note(_ subject: String, _ isGood: Bool, _ words: String) {
            findings.append(Finding(subject: subject, isGood: isGood, words: words))
        }
        let folder = AgentFolder(path: configuration.folder)
        do {
            let identity = try folder.identity()
            note(
                "identity", true, "\(identity.agent) of site \(identity.site), instance \(identity.instance)")
            do {
                let root = try RunRoot.open(
                    path: folder.runRootPath, agent: identity.agent, instance: identity.instance)
                note("run root", true, "\(root.path), \(root.folders().count) packs")
            } catch {
                note("run root", false, "\(error)")
            }
            findings += await coordinator(folder, identity)
        } catch {
            note("identity", false, "\(error)")
        }
        findings += disk(folder)
        findings +=
            configuration.isSlurm ? await SlurmDoctor(configuration, folder: folder).examine() : [slots()]
        findings.append(await mpirun())
        let path = HostCalls.environment()["PATH"] ?? ""
        let setpriv = ProgramSearch.find("setpriv", folders: [], path: "/usr/bin:/bin:\(path)") != nil
        note(
            "setpriv", setpriv,
            setpriv ? "there" : "missing: only the watchdog ends programs of a killed wrapper")
        return findings
    }

    private func slots() -> Finding {
        do {
            let pool = try SlotPool(
                folder: configuration.slotPoolFolder(user: HostCalls.user),
                slots: configuration.slots ?? max(1, HostCalls.allowedCPUs().count))
            let free = try pool.free().map(String.init) ?? "?"
            return Finding(
                subject: "slots", isGood: true, words: "\(free) of \(pool.slots) free in \(pool.folder)")
        } catch {
            return Finding(subject: "slots", isGood: false, words: "\(error)")
        }
    }

    private func disk(_ folder: AgentFolder) -> [Finding] {
        let journal = configuration.journalFolder ?? folder.path
        var findings: [Finding] = []
        if let kind = MountTable.current().kind(of: journal) {
            let shared = MountTable.isShared(kind: kind)
            findings.append(
                Finding(
                    subject: "journal", isGood: !shared,
                    words: shared
                        ? "\(journal) is on \(kind): put it on a local disk (setting journalFolder)"
                        : "\(journal) is on \(kind)"))
        }
        findings.append(room(for: "journal's room", in: journal))
        findings.append(room(for: "run folders' room", in: folder.runRootPath))
        if let free = Folder.freeBytes(folder.path) {
            findings.append(
                Finding(
                    subject: "disk", isGood: free > 1 << 30, words: "\(free >> 20) MiB free in \(folder.path)"
                ))
        } else {
            findings.append(Finding(subject: "disk", isGood: false, words: "\(folder.path) is not there"))
        }
        return findings
    }

    /// Whether something can really be written there: quotas do not show in what is free.
    private func room(for subject: String, in path: String) -> Finding {
        let free = FreeRoom.bytes(at: path).map { $0 >> 20 }
        let least = configuration.leastFreeMegabytes
        let words = free.map { "\($0) MiB free in \(path)" } ?? path
        if let fault = StorageWatch.probe(path) {
            return Finding(subject: subject, isGood: false, words: "\(words): \(fault)")
        }
        guard let free, free < least else { return Finding(subject: subject, isGood: true, words: words) }
        return Finding(
            subject: subject, isGood: false,
            words: "\(words): with less than \(least) (leastFreeMegabytes) the agent takes nothing new")
    }

    private func mpirun() async -> Finding {
        let path = HostCalls.environment()["PATH"] ?? ""
        guard let file = ProgramSearch.find(configuration.mpirun, folders: [], path: path) else {
            // A login node may lack what the nodes have.
            return Finding(
                subject: MPILauncher.rankStarter, isGood: configuration.isSlurm,
                words: "\(configuration.mpirun) is not there; tasks of several ranks will fail as `launch`")
        }
        let result = try? await Subprocess.run(
            .name("sh"), arguments: ["-c", "exec \"$0\" --version", file], output: .string(limit: 4096),
            error: .discarded)
        let line = result?.standardOutput.split(separator: "\n").first.map(String.init)
        return Finding(
            subject: MPILauncher.rankStarter, isGood: line != nil,
            words: line ?? "\(file) does not tell its version")
    }

    /// An agent that was enrolled by files reaches nobody; what it needs is the key that replies are signed with.
    private func courier(_ folder: AgentFolder) -> Finding {
        let key = try? Ed25519PublicKey(pem: folder.text(folder.bookKeyPath))
        return Finding(
            subject: "courier", isGood: key != nil,
            words: key == nil
                ? AgentFault.noBookKey(path: folder.bookKeyPath).description
                : "enrolled by files; bundles lie in \(folder.courierPath) unless told otherwise")
    }

    private func coordinator(_ folder: AgentFolder, _ identity: AgentIdentity) async -> [Finding] {
        if identity.exchange.isEmpty, configuration.exchange == nil { return [courier(folder)] }
        var findings: [Finding] = []
        let roots = try? folder.text(folder.authorityPath)
        let members = configuration.coordinator ?? identity.coordinator
        do {
            let client = try CoordinatorClient(baseURL: members, trustRoots: roots)
            do {
                let before = WallClock().now()
                let version: VersionAnswer = try await client.get("/v1/version")
                findings.append(
                    Finding(
                        subject: "coordinator", isGood: version.instance == identity.instance,
                        words: "\(members) is instance \(version.instance), version \(version.program)"))
                if let theirs = await client.serverSeconds() {
                    let skew = theirs - before.seconds
                    findings.append(
                        Finding(
                            subject: "clock", isGood: abs(skew) < 60,
                            words: "the coordinator's is \(skew) s ahead of this host's"))
                }
            } catch {
                findings.append(Finding(subject: "coordinator", isGood: false, words: "\(error)"))
            }
            await client.shutdown()
        } catch {
            findings.append(Finding(subject: "coordinator", isGood: false, words: "\(error)"))
        }
        findings.append(await exchange(folder, identity))
        return findings
    }

    private func exchange(_ folder: AgentFolder, _ identity: AgentIdentity) async -> Finding {
        let address = configuration.exchange ?? identity.exchange
        do {
            let client = try CoordinatorClient(
                baseURL: address, trustRoots: folder.text(folder.authorityPath),
                identity: ClientIdentity(
                    certificateChainPEM: folder.text(folder.certificatePath),
                    keyPEM: folder.text(folder.keyPath)))
            let answer: Finding
            do {
                let version: VersionAnswer = try await client.get("/v1/version")
                // The version is told to anybody; this one only to agents whose certificate counts.
                let _: MissingChunksAnswer = try await client.post(
                    "/v1/depot/missing", MissingChunksRequest(sha256: []))
                answer = Finding(
                    subject: "exchange", isGood: true,
                    words: "\(address) takes this agent's certificate (version \(version.exchange))")
            } catch {
                answer = Finding(subject: "exchange", isGood: false, words: "\(error)")
            }
            await client.shutdown()
            return answer
        } catch {
            return Finding(subject: "exchange", isGood: false, words: "\(error)")
        }
    }
}
