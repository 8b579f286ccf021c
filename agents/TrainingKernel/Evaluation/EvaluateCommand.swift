/// `hansa-kernel evaluate`
enum EvaluateCommand {
    /// `result.json` of more than one language.
    private struct Outcomes: Encodable {
        var kind = "evaluations"
        let results: [EvaluationResult]
    }

    private static let about = """
        Scores held-out text with a model: bits per byte, beside what a uniform, a unigram and the xz baseline need.
        HANSA_INPUTS holds model (F32 or int8), heldout-<language> with a heldout.txt, and tokenizer unless the model
        folder has one. HANSA_OUTPUTS gets result.json; with several languages it holds a list. Where there is a folder
        for an output whose name begins with scores, it gets the same as scores.json. One process, no MPI.
        """

    static func run(_ arguments: [String]) throws -> Int32 {
        let given = try CommandLineOptions(
            arguments, command: "evaluate", about: about,
            options: [
                .init("language", "code", "one, several with commas, or all that have held-out text"),
                .init("variant", "name", "trained, untrained or int8: stands in the result"),
                .init("max-bytes", "n", "of each text, cut after a whole document"),
                .init(
                    "stride", "n", "tokens between windows; the context, unless given: fastest, least context"
                ),
                .init("blas", "name", "own, openblas or dnnl"),
                .init("isa", "name", "base, avx2 or avx512 instead of the best"),
                .init("no-xz", nil, "leave the xz baseline out"),
            ])
        if given.isHelp { return 0 }
        guard let variant = try given.choice("variant", ["trained", "untrained", "int8"]) else {
            throw KernelFault.usage("evaluate: --variant trained, untrained or int8 is needed")
        }
        Instructions.choose(try given.choice("isa", Instructions.names))
        let folder = try RunFolder()
        let languages = try languages(given, folder)
        let evaluation = try Evaluation(
            folder, variant: variant, stride: try given.whole("stride", 1...8192),
            blas: try given.choice("blas", ["own", "openblas", "dnnl"]) ?? "own", withXZ: !given.flag("no-xz")
        )
        let limit = try given.whole("max-bytes", 1...Int.max)
        var results: [EvaluationResult] = []
        for language in languages {
            let result = try evaluation.result(HeldOutText(language, folder, limit: limit))
            SystemCall.say("\(language) \(variant): \((result.bpb * 1e4).rounded() / 1e4) bits per byte")
            results.append(result)
        }
        let bytes =
            results.count == 1
            ? try JSONText.pretty(results[0]) : try JSONText.pretty(Outcomes(results: results))
        try Files.makeFolder(folder.outputs)
        for name in Files.names(in: folder.outputs) where name.hasPrefix("scores") {
            try Files.write(bytes, to: "\(folder.outputs)/\(name)/scores.json")
        }
        try Files.write(bytes, to: "\(folder.outputs)/result.json")
        return 0
    }

    private static func languages(_ given: CommandLineOptions, _ folder: RunFolder) throws -> [String] {
        let prefix = "heldout-"
        let there = Files.names(in: folder.inputs).filter { $0.hasPrefix(prefix) }
            .map { String($0.dropFirst(prefix.count)) }
        guard let text = given.text("language") else {
            throw KernelFault.usage(
                "evaluate: --language is needed; \(folder.inputs) has: \(there.joined(separator: ", "))")
        }
        let wanted = text == "all" ? there : text.split(separator: ",").map(String.init)
        guard !wanted.isEmpty else {
            throw KernelFault.data("no folder heldout-<language> in \(folder.inputs) (HANSA_INPUTS)")
        }
        return wanted
    }
}
