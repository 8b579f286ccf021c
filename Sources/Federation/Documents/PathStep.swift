/// One step from a document's top down to a value: with these the CLI finds the line in the file.
public enum PathStep: Hashable, Sendable, Codable {
    /// The member of an object with that name.
    case key(String)
    /// The element of a list, from 0.
    case index(Int)

    /// The steps as people write them: `tasks[2].resources.walltime`; empty for the whole document.
    public static func text(_ path: [PathStep]) -> String {
        var text = ""
        for step in path {
            switch step {
            case .key(let name): text += text.isEmpty ? name : ".\(name)"
            case .index(let index): text += "[\(index)]"
            }
        }
        return text
    }
}
