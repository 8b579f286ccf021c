import ArgumentParser
import SiteAgent

/// Writes what keeps the agent running.
struct Install: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Keeps the agent running: as a systemd user unit, from cron, or as a small batch job.",
        discussion: """
            User rights are enough. Run again with other settings, it replaces what it wrote; `uninstall` takes it away.
            """)

    @OptionGroup var options: SettingsOptions

    @Flag(help: "The way: a user unit with `serve`, a cron line with `once`, or a batch job with `once`.")
    var way: Way

    @Flag(help: "Only show what would be written.")
    var print = false

    @Option(help: "With --job: how many minutes one job lasts.")
    var minutes = 10

    @Option(help: "With --job: how many minutes after its end the next one begins.")
    var pause = 5

    @Option(help: "With --job: how many seconds between two cycles within a job.")
    var every = 60

    @Option(
        name: .customLong("option"), parsing: .unconditionalSingleValue,
        help:
            "With --job: an option of the site's batch system, like --partition=small; may be given several times."
    )
    var batchOptions: [String] = []

    enum Way: String, EnumerableFlag {
        case systemd, cron, job
    }

    func validate() throws {
        guard (1...1440).contains(minutes), (0...1440).contains(pause), (5...3600).contains(every) else {
            throw ValidationError("--minutes is 1 to 1440, --pause 0 to 1440, --every 5 to 3600")
        }
        for option in batchOptions where !option.hasPrefix("-") || option.contains(where: \.isNewline) {
            throw ValidationError("--option wants an option of the batch system, not \"\(option)\"")
        }
    }

    func run() async throws {
        let installation = Installation(
            try options.read(), flags: try options.flags(),
            job: JobModeSettings(
                minutes: minutes, pauseMinutes: pause, everySeconds: every, options: batchOptions))
        guard let way = InstallWay(rawValue: way.rawValue) else { return }
        let plan = print ? try installation.plan(way) : try await installation.install(way)
        let place = plan.path ?? "the crontab"
        Swift.print(print ? "would write \(place):" : "wrote \(place):")
        Swift.print()
        Swift.print(plan.text)
        for line in plan.next { Swift.print(line) }
    }
}
