extension TaskScript {
    private static let keys = ["text", "signal", "signalTo", "folder"]

    /// Who gets the signal before the end.
    private enum Receiver: String, CaseIterable {
        case script
        case children
    }

    /// A script's text, or an object with more said of it.
    static func read(_ node: DocumentNode) -> TaskScript? {
        guard case .object = node.value else { return text(node).map(TaskScript.init(text:)) }
        guard let object = node.object(keys: keys), let text = object.required("text").flatMap(text)
        else { return nil }
        var script = TaskScript(text: text)
        if let node = object.optional("signal"), let name = node.text(most: 16) {
            script.signal = SignalText.number(name)
            if script.signal == nil {
                node.fault("\"\(name)\" is no signal", suggestion: "e.g. USR1, TERM, 10")
            }
        }
        if object.optional("signalTo")?.choice(Receiver.self) == .children { script.signalsChildren = true }
        if let node = object.optional("folder"), let folder = node.text() {
            script.folder = folder
            if !folder.hasPrefix("/") { node.fault("\"\(folder)\" does not begin with /") }
        }
        return script
    }

    private static func text(_ node: DocumentNode) -> String? {
        guard let text = node.text(most: maximumBytes) else { return nil }
        guard text.hasPrefix("#!") else {
            node.fault(
                "the first line does not begin with #!", suggestion: "name the interpreter: #!/bin/bash")
            return nil
        }
        return text
    }
}
