/// The programme, sites and settings of the drills: everything is short.
enum DrillDocuments {
    static let sites = ["north", "south"]

    /// A site on this host with plenty of everything.
    static func site(_ id: String) -> String {
        """
        site: \(id)
        name: Site \(id) of the drills
        country: CZ
        unit: core-hours
        clockSkew: 2s
        grace: 2s
        partitions:
          - id: local
            nodes: 4
            coresPerNode: 8
            memoryPerNode: 512GiB
            stacks: [cpu]
            maxWalltime: 3h
            source: drills
        tariffs:
          - partitions: [local]
            from: 2025-01-01
            terms: [{count: cores}]
            source: drills
        accounts: [drills]
        agents:
          - {id: \(id), accounts: [drills], serves: all, consent: drills}
          - {id: \(id)-spare, accounts: [drills], serves: {partners: [spare]}, consent: drills}
        packing: {maxMembers: 8, maxWalltime: 30m}
        """
    }

    /// Two partners who may compute and one who may not.
    static let programme = """
        programme: drills
        name: Drills
        period: {from: 2025-01-01, until: 2035-12-31}
        partners:
          - {id: vltava, name: Vltava University (drills), country: CZ, kind: university}
          - {id: spare, name: Spare Institute (drills), country: CZ, kind: research}
          - {id: lothian, name: Lothian University (drills), country: GB, kind: university}
        workPackages:
          - {id: WP1, title: Drills, lead: vltava}
        members:
          - {id: mara, partner: vltava, roles: [manager, auditor], name: Mara}
          - {id: sam, partner: vltava, roles: [submitter], name: Sam}
          - {id: alistair, partner: lothian, roles: [submitter], name: Alistair}
        activities:
          - {id: test, title: Drills, countsTowardsTrainingCompute: false, source: drills, verified: true}
        eligibility:
          - {countries: [CZ], what: [participate, compute], verdict: allow, from: 2021-01-01, source: drills}
          - countries: [GB]
            what: [participate, compute]
            verdict: deny
            from: 2021-01-01
            source: "a third country that is not associated"
        allocations:
          - {id: north-a, site: north, account: drills, period: {from: 2025-01-01, until: 2035-12-31}, amount: 100 core-hours, source: drills}
          - {id: south-a, site: south, account: drills, period: {from: 2025-01-01, until: 2035-12-31}, amount: 100 core-hours, source: drills}
        budgets:
          - {id: north-b, allocation: north-a, partner: vltava, amount: 80 core-hours}
          - {id: small-b, allocation: north-a, partner: vltava, workPackage: WP1, amount: 1 core-hours}
          - {id: south-b, allocation: south-a, partner: vltava, amount: 80 core-hours}
        """

    /// The same with one more site, and a budget there.
    static func programme(with site: String, account: String) -> String {
        programme.replacing(
            "\nbudgets:",
            with: """

                  - {id: \(site)-a, site: \(site), account: \(account), period: {from: 2025-01-01, until: 2035-12-31}, amount: 100 core-hours, source: drills}
                budgets:
                """)
            + "\n  - {id: \(site)-b, allocation: \(site)-a, partner: vltava, amount: 80 core-hours}\n"
    }

    /// The coordinator's settings. Packs must start within `mustStartSeconds`; a drill whose clocks jump further gives more.
    static func coordinator(
        database: String, state: String, people: UInt16, agents: UInt16, mustStartSeconds: Int = 120
    ) -> String {
        """
        database: "\(database)"
        state: \(state)
        people: {address: 127.0.0.1, port: \(people)}
        agents: {address: 127.0.0.1, port: \(agents)}
        names: [127.0.0.1, localhost]
        timing:
          offerSeconds: 6
          acceptedSilenceSeconds: 12
          mustStartSeconds: \(mustStartSeconds)
          clockSkewSeconds: 2
          silenceSeconds: 4
          backOffSeconds: 1
          maximumBackOffSeconds: 2
          pollSeconds: 5
          leaseSeconds: 2
          placementMilliseconds: 200
          sweepMilliseconds: 300
          sealMilliseconds: 300
          auditSeconds: 2
        """
    }

    /// An agent's settings; all agents of a deployment share one pool of slots.
    static func agent(folder: String) -> String {
        """
        launcher: mpi
        partitions: [local]
        slots: 8
        slotPool: \(folder)/slots
        pollSeconds: 5
        lookMilliseconds: 200
        heartbeatSeconds: 1
        silenceSeconds: 3
        killSeconds: 1
        metricsSeconds: 1
        """
    }

    /// What really ran, told by the program itself. It appends a line at its start, several a second while it lives,
    /// and one at its end; and it holds a lock for as long as any process of it lives, so that a second run at the
    /// same time is seen whatever killed the first.
    static let program = """
        #!/bin/sh
        # work.sh FOLDER [EXIT [LINKS]]: runs until FOLDER/release is there, then ends with EXIT; as a chain, ends with
        # 85 until it was started LINKS times. Ranks but the first only wait for the end.
        folder=$1 code=${2:-0} links=${3:-1}
        mkdir -p "$folder"
        [ "${OMPI_COMM_WORLD_RANK:-0}" = 0 ] || { while [ ! -e "$folder/release" ]; do sleep 0.1; done; exit 0; }
        ledger=$folder/$HANSA_TASK
        note() { echo "$1 $HANSA_ATTEMPT $$ $(date +%s%N)" >>"$ledger"; }
        trap '' USR1
        exec 9>>"$ledger.lock"
        flock -n 9 || { note overlap; exit 99; }
        note start
        waited=0
        while [ ! -e "$folder/release" ]; do
            sleep 0.1
            waited=$((waited + 1))
            [ $((waited % 3)) = 0 ] && note beat
            [ $waited -lt 900 ] || { note forgotten; exit 98; }
        done
        echo "did the work of $HANSA_TASK"
        [ ! -d "$HANSA_OUTPUTS/words" ] || echo "words of $HANSA_TASK" >"$HANSA_OUTPUTS/words/words.txt"
        if [ "$(grep -c ^start "$ledger")" -lt "$links" ]; then
            echo "$(grep -c ^start "$ledger")" | sed 's/.*/{"step": &}/' >"$HANSA_OUTPUTS/result.json"
            note continue
            exit 85
        fi
        note end
        exit "$code"
        """
}
