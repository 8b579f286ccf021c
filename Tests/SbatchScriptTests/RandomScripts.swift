import SbatchScript

/// Scripts out of a seed: from nearly right to bytes without sense.
struct RandomScripts {
    var random: SeededRandom

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    private static let values = [
        "", "0", "1", "4", "16", "1k", "9999999", "99999999999999999999", "-1", "2-4", "4-2", "1:30:00",
        "1-12", "00:00",
        "10G", "1.5G", "0", "4T", "16M", "gpu:2", "gpu:a100:4", "a100:8", "gpu:a:b:c", "nvme:200G",
        "cpu:4,gres/gpu:1",
        "0-15", "1,3,9-20:2%4", "5-1", "0-3999999", "%", "B:USR1@120", "R:10", "TERM@", "afterok:1:2",
        "singleton",
        "?", "ALL,A=1", "NONE", "A", "A='x,y'", "/tmp", ".", "user", "{x}", "x y", "a#b", "é", "\u{1B}[0m",
        "'", "\"",
        "\\", ":", "=", "---", "INFINITE", "{index}", "\t", "a\u{0301}",
    ]
    private static let pieces = [
        "#SBATCH", "#SBATCH ", "--", "-", "=", " ", "\n", "\t", "\"", "'", "\\", "#", ":", "hetjob", "\r",
        "\0", "-n", "-N",
        "-t", "-a", "--mem", "--time", "x", "9", "\u{FEFF}", "é",
    ]

    /// A script of whole directives, right or wrong, then a command.
    mutating func directives() -> [UInt8] {
        var text = "#!/bin/bash\n"
        if Bool.random(using: &random) { text += "#SBATCH --time=10\n" }
        for _ in 0..<Int.random(in: 0...6, using: &random) {
            let option = SbatchOption.allCases.randomElement(using: &random) ?? .time
            let value = Self.values.randomElement(using: &random) ?? ""
            let join = ["=", " ", ""].randomElement(using: &random) ?? "="
            let quote = ["", "\"", "'"].randomElement(using: &random) ?? ""
            text += "#SBATCH --\(option.rawValue)\(join)\(quote)\(value)\(quote)\n"
        }
        return Array((text + "./run\n").utf8)
    }

    /// Pieces of directives in any order.
    mutating func rubble() -> [UInt8] {
        var text = Bool.random(using: &random) ? "#!/bin/sh\n#SBATCH " : ""
        for _ in 0..<Int.random(in: 0...40, using: &random) {
            text += Self.pieces.randomElement(using: &random) ?? ""
        }
        return Array(text.utf8)
    }

    /// Bytes without sense, mostly behind something that looks like a script.
    mutating func noise() -> [UInt8] {
        let begin = Bool.random(using: &random) ? Array("#!/bin/sh\n#SBATCH ".utf8) : []
        return begin
            + (0..<Int.random(in: 0...200, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
    }
}
