import Federation
import SbatchScript
import Testing

/// Spelling: how directives become options and values.
@Suite struct ReadingTests {
    private func pairs(_ lines: String...) throws -> [String] {
        let text = "#!/bin/sh\n" + lines.map { $0 + "\n" }.joined()
        return try ScriptReader.read(Array(text.utf8)).directives.map {
            $0.name + ($0.value.map { "=\($0)" } ?? "")
        }
    }

    @Test(arguments: [
        ("#SBATCH --time=10", ["time=10"]), ("#SBATCH --time 10", ["time=10"]), ("#SBATCH -t10", ["time=10"]),
        ("#SBATCH -t 10", ["time=10"]), ("#SBATCH -N2 -n 4", ["nodes=2", "ntasks=4"]),
        ("#SBATCH-n 6", ["ntasks=6"]), ("#SBATCH\t--mem=3\t-N 2", ["mem=3", "nodes=2"]),
        ("#SBATCH -Hn4", ["hold", "ntasks=4"]), ("#SBATCH --job-name=\"a b\" # why", ["job-name=a b"]),
        ("#SBATCH --comment='x\\'y z'#k", ["comment=x'y z"]), ("#SBATCH -J a#b", ["job-name=a"]),
        ("#SBATCH --comment=a\\#b", ["comment=a#b"]), ("#SBATCH --comment=\"a\\ b\"", ["comment=a b"]),
        ("#SBATCH --comment=a\\ -H", ["comment=a", "hold"]),
        ("#SBATCH --comm='a'\"b\"c", ["comment=abc"]), ("#SBATCH --nodel=n1", ["nodelist=n1"]),
        ("#SBATCH --exclusi", ["exclusive"]), ("#SBATCH --exclusive=user", ["exclusive=user"]),
        ("#SBATCH --tasks-per-node=3", ["ntasks-per-node=3"]), ("#SBATCH --cluster=a", ["clusters=a"]),
        ("#SBATCH --comment= --time=3 \"\" --mem=4", ["comment=", "time=3"]),
        ("#SBATCH --tres-bind=gres/gpu:none", ["tres-bind=gres/gpu:none"]),
        ("#SBATCH --frobnicate=7", ["frobnicate=7"]), ("#SBATCH --frobnicate 7", ["frobnicate=7"]),
    ])
    func spellings(_ line: String, _ expected: [String]) throws {
        #expect(try pairs(line) == expected)
    }

    @Test func aValueMayStandInTheNextLine() throws {
        #expect(try pairs("#SBATCH --time", "#SBATCH 10") == ["time=10"])
    }

    @Test func onlyDirectivesBeforeTheFirstCommandCount() throws {
        let text = """
            #!/bin/bash
            # a comment
               # another
             #SBATCH --ntasks=9
            ##SBATCH --ntasks=8
            #sbatch --ntasks=7
            #SBATCH --ntasks=6

            \u{0C}
            set -e
            #SBATCH --ntasks=5
            """
        let script = try ScriptReader.read(Array(text.utf8))
        #expect(script.directives.map(\.value) == ["6"])
        #expect(script.directives.map(\.line) == [7])
        #expect(script.firstCommand == 10)
        #expect(script.passedOver.map(\.line) == [4, 6, 11])
        #expect(script.passedOver.last?.reason.contains("line 10") == true)
    }

    @Test func aPythonScriptIsReadAsItStands() throws {
        let text = "#!/usr/bin/env python3\n#SBATCH --mem=3\n\"\"\"doc\n#SBATCH --time=3\n\"\"\"\n"
        let script = try ScriptReader.read(Array(text.utf8))
        #expect(script.interpreter == "/usr/bin/env python3")
        #expect(script.directives.map(\.name) == ["mem"])
    }

    @Test(arguments: [
        ("#SBATCH --tiem=3", 9, "--time"), ("#SBATCH --cpus=4", 9, "--cpus-per-task"),
        ("#SBATCH -Z", 9, "man sbatch"), ("#SBATCH time=3", 9, "begin with -"),
        ("#SBATCH --requeue=1", 9, "--requeue"), ("#SBATCH --comment=\"abc", 9, "close it"),
        ("#SBATCH --mem=3 :x", 17, "colon"), ("#SBATCH --exclusive user", 21, "begin with -"),
        ("#SBATCH hetjob", 9, "parts"), ("#SBATCHX --time=3", 8, "begin with -"),
        ("#SBATCH --time=3 \\", 18, ""), ("#SBATCH --time", 9, "needs a value"),
    ])
    func refusals(_ line: String, _ column: Int, _ words: String) throws {
        do {
            let read = try ScriptReader.read(Array("#!/bin/sh\n\(line)\n".utf8))
            if words.isEmpty { return }
            Issue.record("\(line) became \(read.directives)")
        } catch {
            let fault = try #require(error.faults.first)
            #expect(fault.line == 2)
            #expect(fault.column == column)
            #expect(fault.inWords.contains(words), "\(fault.inWords)")
        }
    }

    @Test(arguments: [
        ("", "empty"), (" \n\n", "blanks"), ("echo a\n", "interpreter"),
        ("\u{FEFF}#!/bin/sh\n", "byte order mark"),
        ("#!/bin/sh\r\necho\r\n", "sed -i"), ("#!/bin/sh\necho a\r\n", "DOS"),
        ("#!/bin/sh\necho \0\n", "NUL"),
    ])
    func badBeginnings(_ text: String, _ words: String) {
        let faults = Readings.faults(Array(text.utf8))
        #expect(faults.count == 1)
        #expect(faults.first?.inWords.contains(words) == true, "\(faults)")
    }

    @Test func foreignBytesAreNamed() {
        let bytes = Array("#!/bin/sh\n#SBATCH --comment=caf".utf8) + [0xE9] + Array("\n".utf8)
        let fault = Readings.faults(bytes).first
        #expect(fault?.line == 2)
        #expect(fault?.column == 22)
        #expect(fault?.advice?.contains("iconv") == true)
    }

    @Test func hugeScriptsAndLines() throws {
        let long = Readings.script("--time=5", body: ": " + String(repeating: "x", count: 1_000_000) + "\n")
        #expect(try Readings.tasks(long).first?.script?.text.utf8.count == long.count)
        let line = Readings.script("--time=5 --comment=" + String(repeating: "y", count: 900_000))
        #expect(try Readings.mapped(line).name == "job.sh")
        let ten = Array("#!/bin/sh\n".utf8) + [UInt8](repeating: 0x20, count: 10 << 20)
        #expect(Readings.faults(ten).first?.inWords.contains("more than 1048576") == true)
    }

    @Test func jobNamesBecomeNamesOfTasks() throws {
        for (written, name) in [
            ("a|b", "a-b"), ("\"a b\"", "a-b"), ("..x", "x"), ("Ünïcode-né", "n-code-n"), ("-_-", "job.sh"),
            ("'\u{1B}[31mred'", "31mred"),
            (String(repeating: "z", count: 1000), String(repeating: "z", count: 48)),
        ] {
            let mapped = try Readings.mapped(Readings.script("--time=5 --job-name=\(written)"))
            #expect(mapped.name == name)
            #expect(mapped.notes.allSatisfy { !$0.written.contains("\u{1B}") })
        }
    }
}
