import Federation
import SbatchScript

/// Short ways to read and map in tests.
enum Readings {
    /// A bash script with these directive lines and one command.
    static func script(_ lines: String..., body: String = "./run\n") -> [UInt8] {
        Array(("#!/bin/bash\n" + lines.map { "#SBATCH \($0)\n" }.joined() + body).utf8)
    }

    /// The words of the faults of a text that is refused, or none.
    static func faults(_ bytes: [UInt8], _ choices: SubmissionChoices = .init(fileName: "job.sh"))
        -> [ScriptFault]
    {
        do throws(ScriptFaults) {
            _ = try ScriptMapping.map(try ScriptReader.read(bytes), choices)
            return []
        } catch {
            return error.faults
        }
    }

    /// What the script becomes.
    static func mapped(
        _ bytes: [UInt8], _ choices: SubmissionChoices = .init(fileName: "job.sh")
    ) throws -> MappedScript {
        try ScriptMapping.map(try ScriptReader.read(bytes), choices)
    }

    /// The single tasks that the script becomes, as the coordinator makes them.
    static func tasks(
        _ bytes: [UInt8], _ choices: SubmissionChoices = .init(fileName: "job.sh")
    ) throws -> [TaskSpec] {
        let document = try CampaignDocument.read(try mapped(bytes, choices).document)
        return try document.expand(in: SubmissionContext(partner: PartnerID("p"), member: MemberID("m")))
            .tasks
    }
}
