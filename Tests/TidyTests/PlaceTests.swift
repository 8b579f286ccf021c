import Foundation
import Testing

/// A newcomer finds a thing where its name says.
@Suite struct PlaceTests {
    static let statements = ["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "WITH "]
    static let quoted = (statements + ["select ", "insert into ", "delete from "]).map { "\"" + $0 }

    @Test func sqlStandsInStoreAndPostgresOnly() {
        // The agent's journal is SQLite, in one folder of its own.
        let allowed = ["Sources/Store/", "Sources/Postgres/", "Tests/", "agents/SiteAgent/Journal/"]
        for file in Project.shared.swiftFiles where !allowed.contains(where: { file.path.hasPrefix($0) }) {
            for (number, line) in file.lines.enumerated() {
                let code = line.drop { $0 == " " }
                guard !code.hasPrefix("//") else { continue }
                let holds =
                    Self.statements.contains { code.hasPrefix($0) }
                    || Self.quoted.contains { line.contains($0) }
                #expect(!holds, "\(file.path):\(number + 1) holds SQL")
            }
        }
    }

    @Test func batchCommandsStandInWorkloadOnly() {
        for file in Project.shared.swiftFiles where !file.path.hasPrefix("agents/SiteAgent/Workload/") {
            guard !file.path.hasPrefix("Tests/"), !file.path.hasPrefix("Sources/SbatchScript/") else {
                continue
            }
            for (number, line) in file.lines.enumerated() {
                for command in ["sbatch", "squeue", "sacct", "scancel", "scontrol", "mpirun"] {
                    #expect(!line.contains("\"\(command)\""), "\(file.path):\(number + 1) calls \(command)")
                }
            }
        }
    }

    @Test func migrationsHaveNoGap() {
        let names = Project.shared.files(below: "Sources/Store/Migrations", ending: ".sql")
            .map { $0.path.split(separator: "/").last.map(String.init) ?? "" }.sorted()
        #expect(!names.isEmpty)
        for (index, name) in names.enumerated() {
            let number = String(index + 1)
            let expected = "V" + String(repeating: "0", count: 4 - number.count) + number + "_"
            #expect(name.hasPrefix(expected), "\(name) is number \(index + 1)")
        }
    }

    @Test func everyFileIsNamedForWhatItIs() {
        for file in Project.shared.swiftFiles {
            let name = (file.path as NSString).lastPathComponent
            for word in ["Manager", "Helper", "Util", "Common", "DTO", "Impl"] {
                #expect(!name.contains(word), "\(file.path)")
            }
        }
    }

    @Test func nothingIsLeftForLater() {
        let marks = ["TO" + "DO", "FIX" + "ME", "try" + "!", "fatal" + "Error(\"not"]
        for file in Project.shared.swiftFiles {
            for (number, line) in file.lines.enumerated() {
                for mark in marks { #expect(!line.contains(mark), "\(file.path):\(number + 1): \(mark)") }
            }
        }
    }
}
