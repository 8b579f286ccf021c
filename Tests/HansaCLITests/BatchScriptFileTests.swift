import ArgumentParser
import Federation
import FoundationEssentials
import SbatchScript
import Testing

@testable import hansa

/// Batch scripts as `hansa submit` takes them.
@Suite struct BatchScriptFileTests {
    private func file(_ text: String, name: String, _ body: (String) throws -> Void) throws {
        let folder =
            FileManager.default.temporaryDirectory.path + "/hansa-script-\(UInt64.random(in: 0...UInt64.max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)"))
        try body("\(folder)/\(name)")
    }

    private static let text = """
        #!/bin/bash
        #SBATCH --job-name=train --array=0-3 -t 30 --hint=nomultithread
        #SBATCH --comment="a: b {c} # d"
        \ttab="x"   
        echo 'quotes' "and {braces}" \\ é ${A:-b}

        """

    @Test func itsCampaignSurvivesYAML() throws {
        try file(Self.text, name: "job.sh") { path in
            let file = try BatchScriptFile(path: path, SubmissionChoices(fileName: "job.sh"))
            let documents = try file.documents().documents
            #expect(documents.count == 1)
            #expect(documents.first?.value == file.mapped.document)
            let campaign = try CampaignDocument.read(file.mapped.document)
            let expanded = try campaign.expand(
                in: SubmissionContext(partner: PartnerID("p"), member: MemberID("m")))
            #expect(expanded.tasks.map(\.name) == (0...3).map { "train-\($0)" })
            #expect(expanded.tasks.allSatisfy { $0.script?.text == Self.text })
            #expect(expanded.tasks.first?.batchOptions == ["--hint=nomultithread"])
            #expect(file.mappingLines.contains { $0.hasPrefix("2") && $0.contains("--array=0-3") })
        }
    }

    @Test func scriptsAreTold() throws {
        try file("#!/bin/sh\n", name: "job") { #expect(BatchScriptFile.isScript(path: $0)) }
        try file("", name: "job.slurm") { #expect(BatchScriptFile.isScript(path: $0)) }
        try file("name: x\n", name: "campaign.yaml") { #expect(!BatchScriptFile.isScript(path: $0)) }
    }

    @Test func aRefusalNamesFileLineAndColumn() throws {
        try file("#!/bin/sh\n#SBATCH -t 5 --mem=x\n", name: "job.sh") { path in
            do {
                _ = try BatchScriptFile(path: path, SubmissionChoices(fileName: "job.sh"))
                Issue.record("taken")
            } catch let refusal as BatchScriptFile.Refusal {
                #expect(refusal.commandError.description.hasPrefix("\(path):2:14: --mem=x"))
            }
        }
    }

    @Test func whatTheScriptCannotSayIsAnOption() throws {
        var options = try ScriptOptions.parse([
            "--sites", "lumi,mn5", "--time", "1-12", "--kind", "evaluation",
        ])
        let choices = try options.choices(for: "/a/b/job.sh", arguments: ["x"])
        #expect(choices.fileName == "job.sh")
        #expect(choices.sites == [SiteID("lumi"), SiteID("mn5")])
        #expect(choices.walltimeSeconds == 129_600)
        #expect(choices.activity == "evaluation")
        options.time = "soon"
        #expect(throws: CommandError.self) { try options.choices(for: "job.sh", arguments: []) }
    }
}
