/// `hansa-kernel`: its commands, and what they have in common.
public enum Kernel {
    /// Stands in checkpoints and results.
    static let version = "1.0.0"

    private static let commands:
        [(name: String, summary: String, run: @Sendable ([String]) throws -> Int32)] = [
            ("train", "train a GPT on the ranks of this run", TrainCommand.run),
            ("evaluate", "bits per byte of a model on held-out text", EvaluateCommand.run),
            ("quantise", "a model's matrices to int8", QuantiseCommand.run),
            ("export", "a checkpoint to a model folder", ExportCommand.run),
            ("corpus", "texts to shards: language, duplicates, splits", CorpusCommand.run),
            ("tokenizer", "train a byte-level tokenizer", TokenizerCommand.run),
            ("bench", "tokens per second and the processor's peak", BenchCommand.run),
        ]

    /// Runs the command that the arguments name and answers the exit code. `arguments` is without the program's name.
    public static func run(_ arguments: [String]) -> Int32 {
        do {
            guard let name = arguments.first else { throw KernelFault.usage("no command given; \(choices)") }
            if ["--help", "-h", "help"].contains(name) {
                SystemCall.say(help)
                return 0
            }
            if name == "--version" {
                SystemCall.say(version)
                return 0
            }
            guard let command = commands.first(where: { $0.name == name }) else {
                let near = Suggestion.nearest(to: name, among: commands.map(\.name))
                throw KernelFault.usage(
                    "unknown command \"\(name)\"; " + (near.map { "did you mean \"\($0)\"?" } ?? choices))
            }
            return try command.run(Array(arguments.dropFirst()))
        } catch {
            let fault = KernelFault.of(error)
            if !fault.isSilent { SystemCall.complain(fault.message) }
            return fault.code.rawValue
        }
    }

    private static var choices: String { "commands: " + commands.map(\.name).joined(separator: ", ") }

    private static var help: String {
        let lines = commands.map { command in
            "  " + command.name + String(repeating: " ", count: 12 - command.name.count) + command.summary
        }
        return "usage: hansa-kernel <command> [options]\n\n" + lines.joined(separator: "\n")
            + "\n\nhansa-kernel <command> --help tells more."
    }
}
