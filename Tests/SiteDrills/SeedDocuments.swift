/// Programme, sites and settings of a seed: real ones with short times.
enum SeedDocuments {
    /// What a site of the drills is, beside what its cluster's data file (`ops/slurm/sites`) says.
    struct Site: Sendable {
        var name: String
        var partition: String
        var coresPerNode: Int
        /// `cores`, or `nodes` where every job gets whole nodes.
        var rule: String
    }

    static let sites = [
        Site(name: "drill-a", partition: "main", coresPerNode: 8, rule: "cores"),
        Site(name: "drill-b", partition: "whole", coresPerNode: 4, rule: "nodes"),
    ]
    /// Seconds between two heartbeats of a job: what an estimated usage may be wrong by.
    static let heartbeatSeconds = 2

    static func site(_ site: Site) -> String {
        """
        site: \(site.name)
        name: Site \(site.name)
        country: CZ
        unit: core-hours
        clockSkew: 5s
        grace: 5s
        partitions:
          - id: \(site.partition)
            nodes: 2
            coresPerNode: \(site.coresPerNode)
            memoryPerNode: 16GiB
            stacks: [cpu]
            maxWalltime: 1h
            wholeNodes: \(site.rule == "nodes")
            source: drills
        tariffs:
          - partitions: [\(site.partition)]
            from: 2025-01-01
            terms: [{count: cores}]
            source: drills
        accounts: [drills]
        agents:
          - {id: \(site.name), accounts: [drills], serves: all, consent: drills}
        packing: {maxMembers: 8, maxWalltime: 30m, maxAtOnce: \(site.rule == "cores" ? 3 : 1)}
        """
    }

    static let programme = """
        programme: drills
        name: Drills
        period: {from: 2025-01-01, until: 2035-12-31}
        partners:
          - {id: vltava, name: Vltava University (drills), country: CZ, kind: university}
        workPackages:
          - {id: WP1, title: Drills, lead: vltava}
        members:
          - {id: mara, partner: vltava, roles: [manager, auditor], name: Mara}
          - {id: sam, partner: vltava, roles: [submitter], name: Sam}
        activities:
          - {id: test, title: Drills, countsTowardsTrainingCompute: false, source: drills, verified: true}
        eligibility:
          - {countries: [CZ], what: [participate, compute], verdict: allow, from: 2021-01-01, source: drills}
        allocations:
          - {id: a-all, site: drill-a, account: drills, period: {from: 2025-01-01, until: 2035-12-31}, amount: 100 core-hours, source: drills}
          - {id: b-all, site: drill-b, account: drills, period: {from: 2025-01-01, until: 2035-12-31}, amount: 100 core-hours, source: drills}
        budgets:
          - {id: a-vltava, allocation: a-all, partner: vltava, amount: 80 core-hours}
          - {id: b-vltava, allocation: b-all, partner: vltava, amount: 80 core-hours}
        """

    /// Seconds between two readings of a settled attempt's record: a controller that was killed may take back what its
    /// record said, and the charge follows at the next reading.
    static let reReadSeconds = 15
    private static let reReads = (1...80).map { String($0 * reReadSeconds) }.joined(separator: ", ")

    static func coordinator(database: String, state: String, people: UInt16, agents: UInt16) -> String {
        """
        database: "\(database)"
        state: \(state)
        people: {address: 127.0.0.1, port: \(people)}
        agents: {address: 127.0.0.1, port: \(agents)}
        names: [127.0.0.1, localhost]
        timing:
          offerSeconds: 8
          acceptedSilenceSeconds: 20
          mustStartSeconds: 600
          clockSkewSeconds: 5
          silenceSeconds: 8
          backOffSeconds: 1
          maximumBackOffSeconds: 3
          pollSeconds: 5
          leaseSeconds: 4
          placementMilliseconds: 300
          sweepMilliseconds: 500
          sealMilliseconds: 500
          auditSeconds: 5
          reReadSeconds: [\(reReads)]
          reReadRepeatSeconds: \(reReadSeconds)
        """
    }

    /// An agent's settings. Its own folder of commands comes before the cluster's.
    static func agent(
        _ site: Site, configuration: String, commands: [String]
    ) -> String {
        """
        launcher: slurm
        partitions: [\(site.partition)]
        slurm.accounting: auto
        slurm.configuration: \(configuration)
        slurm.commands: [\(commands.joined(separator: ", "))]
        slurm.commandSeconds: 20
        maximumJobs: 5
        maximumWalltimeSeconds: 3600
        pollSeconds: 5
        lookMilliseconds: 1000
        heartbeatSeconds: \(heartbeatSeconds)
        silenceSeconds: 15
        heartbeatSilentSeconds: 20
        killSeconds: 2
        metricsSeconds: 5
        estimateAfterSeconds: 60
        """
    }
}
