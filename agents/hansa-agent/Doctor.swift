import ArgumentParser
import SiteAgent

/// Looks whether everything is in place.
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Looks at folders, disk, clock, mpirun and the way to the coordinator; exit 1 if something is wrong."
    )

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let findings = await AgentDoctor(try options.read()).examine()
        for finding in findings {
            print("\(finding.isGood ? "ok   " : "WRONG") \(finding.subject): \(finding.words)")
        }
        if findings.contains(where: { !$0.isGood }) { throw ExitCode(1) }
    }
}
