/// The options of one command: `--name value`, `--name=value`, or a flag. Unknown names and bad values are told
/// with what would be right.
struct CommandLineOptions {
    /// One option; a flag has no placeholder.
    struct Option {
        let name: String
        let placeholder: String?
        let help: String

        init(_ name: String, _ placeholder: String?, _ help: String) {
            (self.name, self.placeholder, self.help) = (name, placeholder, help)
        }
    }

    private var values: [String: String] = [:]
    /// `--help` was asked for and answered: nothing else is to be done.
    private(set) var isHelp = false

    init(_ arguments: [String], command: String, about: String, options: [Option]) throws {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if argument == "--help" || argument == "-h" {
                SystemCall.say(Self.help(command, about, options))
                isHelp = true
                return
            }
            guard argument.hasPrefix("--") else {
                throw KernelFault.usage("\(command): \"\(argument)\" is not an option; options begin with --")
            }
            let parts = argument.dropFirst(2).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            guard let option = options.first(where: { $0.name == name }) else {
                let near = Suggestion.nearest(to: name, among: options.map(\.name))
                throw KernelFault.usage(
                    "\(command): unknown option --\(name); "
                        + (near.map { "did you mean --\($0)?" } ?? "see hansa-kernel \(command) --help"))
            }
            if option.placeholder == nil {
                guard parts.count == 1 else {
                    throw KernelFault.usage("\(command): --\(name) takes no value")
                }
                values[name] = ""
            } else if parts.count == 2 {
                values[name] = String(parts[1])
            } else if let value = rest.popFirst() {
                values[name] = value
            } else {
                throw KernelFault.usage("\(command): --\(name) needs a value, \(option.placeholder ?? "")")
            }
        }
    }

    /// The value as given.
    func text(_ name: String) -> String? { values[name] }

    /// A flag was given.
    func flag(_ name: String) -> Bool { values[name] != nil }

    /// A whole number within the range.
    func whole(_ name: String, _ range: ClosedRange<Int>) throws -> Int? {
        guard let text = values[name] else { return nil }
        guard let value = Int(text), range.contains(value) else {
            throw KernelFault.usage(
                "--\(name) \(text): a whole number from \(range.lowerBound) to \(range.upperBound) is needed")
        }
        return value
    }

    /// A number within the range.
    func number(_ name: String, _ range: ClosedRange<Double>) throws -> Double? {
        guard let text = values[name] else { return nil }
        guard let value = Double(text), range.contains(value) else {
            throw KernelFault.usage(
                "--\(name) \(text): a number from \(range.lowerBound) to \(range.upperBound) is needed")
        }
        return value
    }

    /// One of the given words.
    func choice(_ name: String, _ words: [String]) throws -> String? {
        guard let text = values[name] else { return nil }
        guard words.contains(text) else {
            throw KernelFault.usage("--\(name) \(text): one of \(words.joined(separator: ", ")) is needed")
        }
        return text
    }

    private static func help(_ command: String, _ about: String, _ options: [Option]) -> String {
        let rows = options.map { option in
            (left: "--\(option.name)" + (option.placeholder.map { " <\($0)>" } ?? ""), right: option.help)
        }
        let width = rows.map(\.left.count).max() ?? 0
        let lines = rows.map {
            "  " + $0.left + String(repeating: " ", count: width - $0.left.count + 2) + $0.right
        }
        return "usage: hansa-kernel \(command) [options]\n\n\(about)\n\noptions:\n"
            + lines.joined(separator: "\n")
    }
}
