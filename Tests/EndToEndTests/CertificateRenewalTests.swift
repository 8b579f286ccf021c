import DrillKit
import Federation
import Testing

extension EndToEndTests {
    /// An agent renews its own certificate: at half of its life by the one it has, and when that has expired with its
    /// other key.
    @Suite(.serialized, .enabled(if: FakeClock.library != nil)) struct CertificateRenewalTests {
        @Test(arguments: [16, 31]) func renewedWithoutAnybody(afterDays days: Int) async throws {
            try await Drill.run("renewal-\(days)") { drill in
                let deployment = drill.deployment
                try await deployment.kill("south")
                let folder = deployment.agentFolder("south")
                let options = ["--folder", folder, "--config", "\(folder).yaml"]
                let former = TextFile.read("\(folder)/certificate.pem")
                _ = try await deployment.command("hansa-agent", ["once"] + options).exiting()
                try drill.demand(
                    TextFile.read("\(folder)/certificate.pem") == former, "a fresh one was renewed")
                let clock = try FakeClock(file: "\(drill.folder)/clock")
                try clock.move(by: days * 86_400)
                let once = try await deployment.command(
                    "/usr/bin/env", [Programs.path("hansa-agent"), "once"] + options,
                    environment: clock.environment)
                let next = TextFile.read("\(folder)/certificate.pem")
                try drill.demand(!next.isEmpty && next != former, "not renewed: \(once)")
                // By the real clock again, with the new one.
                _ = try await deployment.command("hansa-agent", ["doctor"] + options).exiting()
                try await deployment.heal()
                let task = try await drill.submitOne(.init(site: "south"))
                try await drill.begun(task)
                try drill.release()
                try await drill.mustComplete(task)
            }
        }
    }
}
