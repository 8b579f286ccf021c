import DrillKit
import Federation
import Glibc
import Postgres
import TestKit
import Testing

extension EndToEndTests {
    /// What is wrong from outside, and what people are told about it.
    @Suite(.serialized) struct BadInputTests {
        @Test func aSecondCoordinatorOnTheSamePorts() async throws {
            try await Drill.run("second-coordinator") { drill in
                let second = try await drill.deployment.command(
                    "hansad", ["serve", "--config", "\(drill.deployment.folder)/hansad.yaml"])
                try drill.demand(second.exit == 71, "\(second)")
                try drill.demand(second.errors.contains("is taken"), "\(second)")
                _ = try await drill.deployment.hansa(["sites"]).exiting()
            }
        }

        @Test func aDatabaseOfANewerVersion() async throws {
            try await Drill.run("newer-database") { drill in
                let database = try await drill.deployment.postgres.database()
                let settings = "\(drill.folder)/hansad.yaml"
                try TextFile.write(
                    DrillDocuments.coordinator(
                        database: database.settings.conninfo, state: "\(drill.folder)/state",
                        people: FreePort.any(), agents: FreePort.any()), to: settings)
                _ = try await drill.deployment.command(
                    "hansad", ["init", "--config", settings, "--token-file", "\(drill.folder)/token"]
                ).exiting()
                let pool = database.pool(size: 1)
                try await pool.execute(
                    """
                    INSERT INTO schema_migration (number, name, sha256)
                    SELECT max(number) + 1, 'V9999_of_another_time', 'none' FROM schema_migration
                    """)
                await pool.close()
                let started = try await drill.deployment.command("hansad", ["serve", "--config", settings])
                try drill.demand(started.exit == 76 && started.errors.contains("newer"), "\(started)")
                try await database.drop()
            }
        }

        @Test func anAgentThatWasRevokedAndOneWithAForeignCertificate() async throws {
            try await Drill.run("revoked") { drill in
                let deployment = drill.deployment
                try await deployment.enrol("north-spare", site: "north")
                let folder = deployment.agentFolder("north-spare")
                let doctor = ["doctor", "--folder", folder, "--config", "\(folder).yaml"]
                _ = try await deployment.command("hansa-agent", doctor).exiting()
                _ = try await deployment.hansa(["admin", "agent", "revoke", "north-spare"]).exiting()
                let revoked = try await deployment.command("hansa-agent", doctor)
                try drill.demand(revoked.exit == 1 && revoked.output.contains("WRONG"), "\(revoked)")
                let once = try await deployment.command(
                    "hansa-agent", ["once"] + Array(doctor.dropFirst()))
                try drill.demand(once.exit != 0 && once.errors.contains("revoked"), "\(once)")
                let served = try await deployment.command(
                    "hansa-agent", ["once", "--folder", folder, "--config", "\(folder).yaml"])
                try drill.demand(served.errors.contains("revoked"), "\(served)")

                let made = try ChildProcess(
                    "/usr/bin/openssl",
                    [
                        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-subj",
                        "/CN=north-spare", "-keyout", "\(folder)/key.pem", "-out",
                        "\(folder)/certificate.pem",
                    ], output: "\(drill.folder)/openssl.log")
                try drill.demand(try await made.end() == 0, TextFile.read("\(drill.folder)/openssl.log"))
                let foreign = try await deployment.command("hansa-agent", doctor)
                try drill.demand(foreign.exit == 1 && foreign.output.contains("WRONG"), "\(foreign)")
            }
        }

        @Test func namesThatAreNotThereAreShownWithTheirLines() async throws {
            try await Drill.run("unknown-names") { drill in
                let lines = [
                    "name: wrong", "programme: drills", "activity: test", "tasks:", "  - name: a",
                    "    kind: data",
                    "    program: true", "    sites: [nroth]", "    languages: [xx]", "    budget: north-x",
                    "    resources: {walltime: 1m}",
                ]
                let file = "\(drill.folder)/wrong.yaml"
                for bad in ["nroth", "xx", "north-x"] {
                    // One fault at a time, so that it always stands in the eighth line.
                    let text = lines.filter { text in
                        text.contains(bad) || !["nroth", "xx", "north-x"].contains { text.contains($0) }
                    }
                    try TextFile.write(text.joined(separator: "\n") + "\n", to: file)
                    let answer = try await drill.deployment.hansa(["submit", file], as: "sam")
                    try drill.demand(answer.exit == 65, "\(answer)")
                    try drill.demand(
                        answer.errors.contains("wrong.yaml:8") && answer.errors.contains(bad), "\(answer)")
                }
            }
        }

        @Test func moreThanIsLeft() async throws {
            try await Drill.run("too-dear") { drill in
                let document = """
                    name: too-dear
                    programme: drills
                    activity: test
                    tasks:
                      - name: wide
                        kind: data
                        program: \(drill.deployment.folder)/work.sh
                        arguments: ["\(drill.folder)"]
                        resources: {nodes: 4, cores: 8, walltime: 1h}
                        budget: small-b
                        workPackage: WP1
                    """
                try TextFile.write(document, to: "\(drill.folder)/quote.yaml")
                let quote = try await drill.deployment.hansa(
                    ["quote", "\(drill.folder)/quote.yaml"], as: "sam")
                try drill.demand(quote.output.contains("small-b"), "\(quote)")
                let tasks = try await drill.submit(document: document)
                let task = try #require(tasks.first)
                let why = try await drill.deployment.hansa(["why", "\(task)"], as: "sam").exiting()
                try drill.demand(why.output.contains("small-b") && !why.output.contains("chosen"), "\(why)")
                try drill.demand(try await drill.detail(task).attempts.isEmpty, "it was offered")
                _ = try await drill.deployment.hansa(["cancel", "\(task)"], as: "sam").exiting()
                try drill.demand(try await drill.over(task).task.state == .cancelled, "not cancelled")
            }
        }

        @Test func aPartnerWhoMayNotCompute() async throws {
            try await Drill.run("not-eligible") { drill in
                try TextFile.write(
                    """
                    name: not-eligible
                    programme: drills
                    activity: test
                    tasks:
                      - {name: a, kind: data, program: "true", resources: {walltime: 1m}}
                    """, to: "\(drill.folder)/campaign.yaml")
                let answer = try await drill.deployment.hansa(
                    ["submit", "\(drill.folder)/campaign.yaml"], as: "alistair")
                try drill.demand(answer.exit == 67, "\(answer)")
                try drill.demand(
                    answer.errors.contains("a third country that is not associated"), "\(answer)")
            }
        }

        @Test func anArtifactWhoseBytesWereChanged() async throws {
            try await Drill.run("changed-artifact") { drill in
                try drill.release()
                let task = try await drill.submitOne(.init(extra: "outputs: {words: {licence: CC0-1.0}}"))
                try await drill.mustComplete(task)
                let deployment = drill.deployment
                let fetch = ["results", drill.name, "words", "--output"]
                // The bytes come before the end, and that they are at the depot is noted with it.
                _ = try await deployment.hansa(fetch + ["\(drill.folder)/good"], as: "sam").exiting()
                let good = TextFile.read("\(drill.folder)/good/words.txt")
                try drill.demand(good.contains("\(task)"), "fetched: \(good)")
                let depot = "\(deployment.folder)/coordinator/depot"
                let chunk = TextFile.names(in: depot).filter { $0.count == 2 }
                    .flatMap { folder in
                        TextFile.names(in: "\(depot)/\(folder)").map { "\(depot)/\(folder)/\($0)" }
                    }
                    .first { TextFile.read($0) == good }
                try TextFile.write("not " + good, to: try #require(chunk))
                let bad = try await deployment.hansa(fetch + ["\(drill.folder)/bad"], as: "sam")
                try drill.demand(bad.exit == 65 && bad.errors.contains("SHA-256"), "\(bad)")
                try drill.demand(
                    TextFile.read("\(drill.folder)/bad/words.txt").isEmpty, "the wrong bytes were kept")
            }
        }
    }
}
