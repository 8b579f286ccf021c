import Federation
import Glibc
import Postgres
import TestKit
import Testing
import Wire

@testable import Gateway

/// The daemon as a process: how it starts, says no, and ends.
@Suite struct HansadTests {
    @Test func itIsMadeServesAndEndsOnSIGTERM() async throws {
        try await HansadProgram.use { hansad in
            let made = try await hansad.run("init", "--token-file", hansad.files["token"])
            #expect(made.status == 0, "\(made.output)")
            #expect(!made.output.contains("hansa_"), "the token goes to the file alone")
            let again = try await hansad.run("init")
            #expect(again.status == 0 && again.output.contains("no member was made"), "\(again.output)")
            let checked = try await hansad.run("check")
            #expect(checked.status == 0 && checked.output.contains("balanced"), "\(checked.output)")
            try hansad.settings(more: "log: {form: json, level: debug}")
            let running = try await hansad.serve()
            let token = String(hansad.files.read("token").prefix { $0 != "\n" })
            let client = try RawClient(
                port: running.people, authority: hansad.files.read("state/authority.pem"), token: token,
                seen: .init())
            let me: MeAnswer = try await client.get("/v1/me").value()
            #expect(me.member == "admin" && me.roles == [.manager, .operator])
            #expect(try await client.get("/readyz").status == 200)
            let link: LoginLinkAnswer = try await client.send("POST", "/v1/login-links", LoginLinkRequest())
                .value()
            let path = String(
                link.url[(link.url.firstRange(of: "/login/")?.lowerBound ?? link.url.startIndex)...])
            #expect(try await client.get(path).status == 303)
            await client.close()
            let start = ContinuousClock.now
            kill(running.pid, SIGTERM)
            #expect(await Program.wait(running.pid) == 0)
            #expect(ContinuousClock.now - start < .seconds(10))
            let log = hansad.files.read("log")
            for secret in [token, String(path.dropFirst("/login/".count))] { #expect(!log.contains(secret)) }
            for line in log.split(separator: "\n") {
                let value = try? Specification.parse(Array(line.utf8))
                #expect(value?["message"]?.text != nil, "\(line)")
            }
        }
    }

    @Test func settingsThatMeanNothingAreNamedWithTheirLine() async throws {
        try await HansadProgram.use { hansad in
            for (text, words) in [
                (
                    "pepole: {port: 1}",
                    "hansad.yaml:5: there is no setting \"pepole\"; did you mean \"people\"?"
                ),
                ("log: {form: yaml}", "is not one of text, json"),
                ("timing: {pollSeconds: 0}", "from 1 to 120"),
                ("names: localhost", "a list is expected"), ("depot: {gigabytes: 3}", "gibibytes"),
                ("url: http://x", "begins with https://"), ("log: [", "not YAML"),
            ] {
                try hansad.settings(more: text)
                let answer = try await hansad.run("check")
                #expect(answer.status == 78, "\(text): \(answer.output)")
                #expect(answer.output.contains(words), "\(text): \(answer.output)")
            }
            try hansad.files.write("state: /tmp", "hansad.yaml")
            #expect(try await hansad.run("check").output.contains("database is missing"))
            try hansad.files.write("", "hansad.yaml")
            #expect(try await hansad.run("check").status == 78)
            let nowhere = try await Program.run(
                HansadProgram.path, ["serve", "--config", "/nonexistent.yaml"])
            #expect(nowhere.status == 78 && nowhere.output.contains("no such file"))
            #expect(try await Program.run(HansadProgram.path, ["sevre"]).status == 64)
        }
    }

    @Test func aDatabaseThatIsAwayOrOfAnotherVersion() async throws {
        try await HansadProgram.use { hansad in
            #expect(try await hansad.run("serve").status == 76, "no schema yet")
            #expect(try await hansad.run("init").status == 0)
            let pool = hansad.database.pool(size: 1)
            try await pool.execute(
                "INSERT INTO schema_migration (number, name, sha256) SELECT max(number) + 1, 'future', 'x' FROM schema_migration"
            )
            await pool.close()
            for command in ["serve", "check", "migrate"] {
                let answer = try await hansad.run(command)
                #expect(answer.status == 76, "\(command): \(answer.output)")
                #expect(answer.output.contains("start a newer hansad"), "\(command): \(answer.output)")
            }
            try hansad.settings(conninfo: "host=/nonexistent dbname=x")
            let away = try await hansad.run("serve")
            #expect(away.status == 69 && away.output.contains("/nonexistent"), "\(away.output)")
        }
    }

    @Test func aSecondOneOnTheSamePortSaysSo() async throws {
        try await HansadProgram.use { hansad in
            #expect(try await hansad.run("init").status == 0)
            let first = try await hansad.serve()
            try hansad.settings(people: first.people)
            let second = try await hansad.run("serve")
            #expect(second.status == 71, "\(second.output)")
            #expect(
                second.output.contains("127.0.0.1:\(first.people) for people is taken"), "\(second.output)")
            kill(first.pid, SIGTERM)
            #expect(await Program.wait(first.pid) == 0)
        }
    }

    @Test func aRestoreBeginsAGenerationThatWasNeverUsed() async throws {
        try await HansadProgram.use { hansad in
            #expect(try await hansad.run("init").status == 0)
            let restored = try await hansad.run("restore")
            #expect(restored.status == 0 && restored.output.contains("begins"), "\(restored.output)")
            let again = try await hansad.run("restore")
            #expect(again.status == 0 && again.output != restored.output, "\(again.output)")
        }
    }
}
