import FoundationEssentials
import Glibc
import Judgement

/// `drill-judge FOLDER` judges one seed: 1 where something speaks against it, 2 where the evidence cannot be read.
@main
struct DrillJudge {
    private struct Plan: Decodable { var seed: Int }

    static func main() {
        guard CommandLine.arguments.count == 2 else {
            print("usage: drill-judge FOLDER")
            exit(2)
        }
        do {
            let folder = CommandLine.arguments[1]
            let plan = try Data(contentsOf: URL(filePath: "\(folder)/plan.json"))
            let verdict = Verdict(seed: try JSONDecoder().decode(Plan.self, from: plan).seed)
            try JSONEncoder().encode(verdict).write(to: URL(filePath: "\(folder)/verdict.json"))
            exit(verdict.acquits ? 0 : 1)
        } catch {
            print("drill-judge: \(error)")
            exit(2)
        }
    }
}
