import Federation
import Foundation
import Testing

/// The documents show the states as the code has them.
@Suite struct DiagramTests {
    @Test func theDiagramOfATaskIsTheCodes() throws {
        let page = Project.shared.root.appendingPathComponent(
            "Sources/Federation/Documentation.docc/StateOfATask.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        #expect(TaskState.diagram.contains("-->"))
        #expect(text.contains(TaskState.diagram), "put TaskState.diagram into StateOfATask.md")
    }

    @Test func theDiagramOfAnAttemptIsTheCodes() throws {
        let folder = "Sources/Federation/Documentation.docc/"
        let page = Project.shared.root.appendingPathComponent(folder + "StateOfAnAttempt.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        #expect(AttemptState.diagram.contains("-->"))
        #expect(text.contains(AttemptState.diagram), "put AttemptState.diagram into StateOfAnAttempt.md")
        for state in AttemptState.allCases {
            #expect(text.contains("`\(state.rawValue)`"), "StateOfAnAttempt.md does not explain \(state)")
        }
        let index = try String(
            contentsOf: Project.shared.root.appendingPathComponent(folder + "Federation.md"), encoding: .utf8)
        #expect(index.contains("<doc:StateOfAnAttempt>"))
    }

    @Test func everyDecisionIsListed() throws {
        let folder = "Sources/Federation/Documentation.docc/"
        let index = try String(
            contentsOf: Project.shared.root.appendingPathComponent(folder + "Federation.md"), encoding: .utf8)
        let decisions = Project.shared.files(below: folder + "Decisions", ending: ".md")
        #expect(!decisions.isEmpty)
        for decision in decisions {
            let name = (decision.path as NSString).lastPathComponent.dropLast(3)
            #expect(index.contains("<doc:\(name)>"), "\(name) is not listed in Federation.md")
        }
    }
}
