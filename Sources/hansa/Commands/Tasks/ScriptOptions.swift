import ArgumentParser
import Federation
import SbatchScript

/// What a batch script cannot say of itself.
struct ScriptOptions: ParsableArguments {
    @Flag(help: "The file is a batch script, whatever it is called.") var sbatch = false
    @Option(help: "The campaign's name (else the job's).") var campaign: String?
    @Option(help: "training, evaluation or data; data unless given.") var kind: TaskKind?
    @Option(help: "Why it runs, e.g. pretraining (else the usual activity of the kind).") var activity:
        String?
    @Option(help: "The work package it belongs to.") var workPackage: String?
    @Option(help: "The budget it is booked on (else the most specific that fits).") var budget: String?
    @Option(
        name: .customLong("sites"),
        help: "Sites it may run at, with commas; a script with words of one site's own needs exactly one.")
    var sites: String?
    @Option(help: "The software stack: cpu, cuda or rocm (else what its devices need).") var stack: String?
    @Option(help: "The walltime as sbatch takes it, in place of the script's.") var time: String?
    @Option(help: "The model it concerns.") var model: String?
    @Option(help: "How often it may be tried again after a failure of its own (0 to 1000).") var retries = 0

    /// Whether something was said that only a batch script needs.
    var areGiven: Bool {
        sbatch || retries != 0 || kind != nil
            || [campaign, activity, workPackage, budget, sites, stack, time, model].contains { $0 != nil }
    }

    /// The choices for the script of that file.
    func choices(for path: String, arguments: [String]) throws -> SubmissionChoices {
        var choices = SubmissionChoices(fileName: path.split(separator: "/").last.map(String.init) ?? path)
        choices.campaign = try name(campaign, "--campaign")
        choices.kind = kind ?? .data
        choices.activity = try name(activity, "--activity") ?? (kind == nil ? nil : choices.usualActivity)
        choices.workPackage = try name(workPackage, "--work-package").map { WorkPackageID($0) }
        choices.budget = try name(budget, "--budget").map { BudgetID($0) }
        choices.sites = try (sites ?? "").split(separator: ",").map {
            SiteID(try name(String($0), "--sites") ?? "")
        }
        choices.stack = stack
        choices.model = model
        choices.arguments = arguments
        guard (0...1000).contains(retries) else { throw CommandError(.usage, "--retries must be 0 to 1000") }
        choices.retries = retries
        if let time {
            guard case .minutes(let minutes) = TimeLimit(time) else {
                throw CommandError(.usage, "--time \(time) is no walltime; e.g. 90, 1:30:00, 2-12")
            }
            choices.walltimeSeconds = minutes * 60
        }
        return choices
    }

    private func name(_ text: String?, _ option: String) throws -> String? {
        guard let text else { return nil }
        guard Identifier<Campaign>(text).isWellFormed else {
            throw CommandError(
                .usage, "\(option) \(Table.printable(text)) is no name: letters, digits, . _ -")
        }
        return text
    }
}
