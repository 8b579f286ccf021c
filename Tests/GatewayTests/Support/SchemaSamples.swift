import Federation

/// Values of what the exchange, placement and tasks write: one with every field set, one with as few as it can have.
enum SchemaSamples {
    static let at = Instant(seconds: 1_800_000_000)
    static let attempt = AttemptKey(
        task: TaskID(submission: "s", index: 0), fence: Fence(generation: 1, counter: 1))
    static let resources = filled(Resources(walltimeSeconds: 60)) { $0.deviceType = "a100" }
    static let manifest = Manifest(files: [
        .init(path: "a", bytes: 1, sha256: "00", chunks: [.init(sha256: "00", bytes: 1)])
    ])

    static func filled<Value>(_ value: Value, _ change: (inout Value) -> Void) -> Value {
        var value = value
        change(&value)
        return value
    }

    static let leastSpec = TaskSpec(
        name: "n", kind: .data, activity: "a", partner: "p", member: "m", program: "true",
        resources: Resources(walltimeSeconds: 60))
    static let spec = filled(leastSpec) {
        $0.workPackage = "w"
        $0.budget = "b"
        $0.languages = ["mt"]
        $0.model = "tiny"
        $0.script = filled(TaskScript(text: "#!/bin/sh")) {
            $0.signal = 15
            $0.signalsChildren = true
            $0.folder = "/tmp"
        }
        $0.arguments = ["-v"]
        $0.environment = ["A": "b"]
        $0.inputs = [TaskInput(name: "i", artifact: "c/a")]
        $0.outputs = [TaskOutput(name: "o", licence: "CC0-1.0", residency: "lumi"), TaskOutput(name: "q")]
        $0.resources = resources
        $0.sites = ["lumi"]
        $0.dependsOn = ["d"]
        $0.batchOptions = ["--hint=nomultithread"]
        $0.failureRules = FailureRules(
            stallAfterSeconds: 5, patterns: [FailurePattern(failure: .launch, text: "cannot start")])
        $0.tags = ["k": "v"]
    }
    static let plainSpec = filled(leastSpec) {
        $0.script = TaskScript(text: "#!/bin/sh")
        $0.failureRules = FailureRules()
    }

    static let leastUsage = Usage(nodes: 1, coresPerNode: 1, memoryMiBPerNode: 1, partition: "small")
    static let usage = filled(leastUsage) {
        $0.runs = [.init(start: at, seconds: 5)]
        $0.billing = 3
        $0.cpuSeconds = 1.5
        $0.maximumResidentBytes = 5
        $0.energyJoules = 2.5
    }
    static let record = SiteRecord(usage: usage, isFinal: true, readAt: at)

    /// Every way in which an attempt ends; the first with everything set.
    static let ends: [AttemptEnd] = [
        filled(
            AttemptEnd(
                outcome: .completed, exit: 0, signal: 9, at: at,
                artifacts: [
                    ProducedArtifact(name: "o", sha256: "00", manifest: manifest, staysAtSite: false)
                ],
                result: .object([:]), progress: 3, detail: "d")
        ) { $0.retryAsked = true },
        AttemptEnd(outcome: .continues, at: at), AttemptEnd(outcome: .failed(.lost), at: at),
        AttemptEnd(outcome: .cancelled, at: at),
    ]

    static let listed = ListedAttempt(
        attempt: attempt, pack: "p", state: .settled, job: "7", lookingUp: false, offered: offered,
        end: ends[0],
        usage: usage, record: record)
    static let leastListed = ListedAttempt(attempt: attempt, pack: "p", state: .confirmed, offered: offered)
    private static let offered = ListedAttempt.Offered(
        budget: "b", hold: Amount(units: 1), partition: "small", mustStartBy: at, walltimeSeconds: 60,
        graceSeconds: 5)

    static let events: [AgentEvent] =
        [
            .accepted(pack: "p"), .declined(pack: "p", reason: "r"), .submitted(pack: "p", job: "7"),
            .waiting(pack: "p", reason: "r"), .packStarted(pack: "p", job: "7", host: "h", at: at),
            .started(attempt: attempt, at: at), .metrics(attempt: attempt, value: .object([:])),
            .usage(attempt: attempt, usage: usage), .usage(attempt: attempt, usage: leastUsage),
            .settled(attempt: attempt, record: record), .adjusted(attempt: attempt, record: record),
            .lookedUp(attempt: attempt, found: true), .log(attempt: attempt, offset: 0, bytes: 1, text: "x"),
            .log(attempt: attempt, offset: 0, bytes: nil, text: "x"), .unknown(kind: "k", body: .null),
        ] + ends.map { .ended(attempt: attempt, end: $0) }

    static let leastDocument = AgentDocument(
        kind: .hello, instance: "i", generation: 1, agent: "a", journal: "j", runRoot: "r", session: "s",
        number: 1)

    static let document = filled(
        AgentDocument(
            kind: .exchange, instance: "i", generation: 1, agent: "a", journal: "j", runRoot: "r",
            session: "s",
            number: 1)
    ) {
        $0.capacity = [
            PartitionCapacity(
                partition: "small", freeJobs: 1, freeCores: 2, maximumWalltimeSeconds: 3, remark: "r"),
            PartitionCapacity(partition: "small", freeJobs: 1),
        ]
        $0.trouble = "t"
        $0.attempts = [listed, leastListed]
        $0.history = [listed]
        $0.events = events.enumerated().map { NumberedEvent(number: Int64($0) + 1, event: $1) }
    }

    static let leastReply = CoordinatorReply(instance: "i", generation: 1, answers: document)
    static let reply = filled(leastReply) {
        $0.refusal = "r"
        $0.offers = [
            Offer(
                pack: "p", partition: "small", account: "a", resources: resources, graceSeconds: 5,
                mustStartBy: at,
                openSeconds: 60,
                members: [spec, plainSpec, leastSpec].map {
                    Offer.Member(
                        attempt: attempt, spec: $0,
                        inputs: [StagedInput(name: "i", sha256: "00", manifest: manifest)], budget: "b",
                        hold: Amount(units: 1))
                })
        ]
        $0.confirmed = ["p"]
        $0.cancel = [attempt]
        $0.lookUp = [leastListed]
        $0.resend = [attempt]
        $0.reRead = [listed]
        $0.forget = [attempt]
        $0.logs = [.init(attempt: attempt, offset: -5, bytes: 5)]
        $0.newestBlock = "00"
    }
}
