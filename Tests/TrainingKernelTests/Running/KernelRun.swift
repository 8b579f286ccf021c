import Foundation

@testable import TrainingKernel

/// A folder with a tiny tokenizer and texts, and starts of the built kernel in it.
final class KernelRun {
    /// How a start ended.
    struct Outcome {
        let code: Int32
        let errors: String
        let output: String
        /// What the kernel itself said, without the launcher's words.
        var complaint: String {
            errors.split(separator: "\n").filter { $0.hasPrefix("hansa-kernel: ") }.joined(separator: "\n")
        }
    }

    static let small = [
        "--layers", "2", "--width", "32", "--heads", "1", "--context", "32", "--batch", "4",
        "--learning-rate", "0.003",
        "--blas", "own",
    ]

    let folder = try? TemporaryFolder()
    var path: String { folder?.path ?? "/nonexistent" }

    init() throws {
        try Files.makeFolder("\(path)/in/tokenizer")
        let tokenizer = Tokenizer(pairs: [(116, 104), (256, 101)])
        try Files.write(
            Array(TokenizerFiles(tokenizer: tokenizer).tokenizerJSON.utf8),
            to: "\(path)/in/tokenizer/tokenizer.json")
        let counts = (0..<258).map { _ in "3" }.joined(separator: ",")
        try Files.write(Array("{\"counts\":[\(counts)]}".utf8), to: "\(path)/in/tokenizer/unigram.json")
        for (language, word) in [("en", "the ships of the Hanse "), ("de", "die Schiffe der Städte ")] {
            let lines = (0..<40).map { "\(word)\($0 * 7919 % 1000)\n" }.joined()
            for (kind, text) in [("train", lines), ("heldout", String(lines.prefix(600)))] {
                try Files.makeFolder("\(path)/in/\(kind)-\(language)")
                try Files.write(Array(text.utf8), to: "\(path)/in/\(kind)-\(language)/\(kind).txt")
            }
        }
    }

    /// The kernel beside the bundle of these tests.
    static var binary: String {
        let bundle = CommandLine.arguments.first { $0.contains(".xctest") } ?? CommandLine.arguments[0]
        var folder = URL(fileURLWithPath: bundle)
        for _ in 0..<4 {
            folder = folder.deletingLastPathComponent()
            let candidate = folder.appendingPathComponent("hansa-kernel").path
            if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
        }
        return "hansa-kernel"
    }

    /// A start that is not running yet. `name` is the fence: its outputs and checkpoints have folders of their own.
    func process(
        _ name: String, ranks: Int?, resume: String? = nil, inputs: String? = nil, metrics: String? = nil,
        _ arguments: [String]
    ) -> Process {
        let process = Process()
        if let ranks {
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments =
                ["mpirun", "--allow-run-as-root", "--oversubscribe", "-n", "\(ranks)", Self.binary]
                + arguments
        } else {
            process.executableURL = URL(fileURLWithPath: Self.binary)
            process.arguments = arguments
        }
        var environment = ProcessInfo.processInfo.environment
        environment["HANSA_INPUTS"] = inputs ?? "\(path)/in"
        environment["HANSA_OUTPUTS"] = "\(path)/\(name)/out"
        environment["HANSA_CHECKPOINTS"] = "\(path)/\(name)/checkpoints"
        environment["HANSA_METRICS"] = metrics ?? "\(path)/\(name)/metrics.jsonl"
        environment["HANSA_RESUME"] = resume ?? ""
        process.environment = environment
        try? Files.makeFolder("\(path)/\(name)/out")
        return process
    }

    /// Runs to the end.
    func run(
        _ name: String, ranks: Int? = nil, resume: String? = nil, inputs: String? = nil, _ arguments: [String]
    ) throws -> Outcome {
        let process = process(name, ranks: ranks, resume: resume, inputs: inputs, arguments)
        return try finish(process, name) {}
    }

    /// Starts the process, does something meanwhile, and waits for its end.
    func finish(_ process: Process, _ name: String, meanwhile: () throws -> Void) throws -> Outcome {
        let files = ["stdout", "stderr"].map { "\(path)/\(name)/\($0)" }
        for file in files { _ = FileManager.default.createFile(atPath: file, contents: nil) }
        process.standardOutput = FileHandle(forWritingAtPath: files[0])
        process.standardError = FileHandle(forWritingAtPath: files[1])
        try process.run()
        try meanwhile()
        process.waitUntilExit()
        return Outcome(code: process.terminationStatus, errors: text(files[1]), output: text(files[0]))
    }

    /// The values of one key in the metrics, step by step.
    func metrics(_ name: String, _ key: String) throws -> [Double] {
        try text("\(path)/\(name)/metrics.jsonl").split(separator: "\n").map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return object?[key] as? Double ?? .nan
        }
    }

    /// `result.json` of a start.
    func result(_ name: String) throws -> [String: Any] {
        let data = try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)/out/result.json"))
        return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    }

    func text(_ path: String) -> String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }
}
