/// One entry of `--gres` or `--tres-per-task`: `gpu:a100:2`, `gres/gpu=1`, `nvme:200G`, `cpu=4`.
public struct GenericResource: Hashable, Sendable {
    /// Its name without `gres/`.
    public var name: String
    /// Its type, if one is asked for.
    public var type: String?
    /// How many; 1 unless it says so. Nil where the number has a unit of its own.
    public var count: Int?
    /// As it was written.
    public var text: String

    /// Reads a list of them; nil where one is none.
    public static func list(_ text: String) -> [GenericResource]? {
        if text.lowercased() == "none" { return [] }
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let found = parts.compactMap { GenericResource(String($0)) }
        return found.count == parts.count && !found.isEmpty ? found : nil
    }

    init?(_ text: String) {
        self.text = text
        // `(S:0-1)` at the end names sockets, which only the site's nodes know.
        var rest = text.prefix { $0 != "(" }
        for prefix in ["gres/", "gres:"] where rest.hasPrefix(prefix) { rest = rest.dropFirst(prefix.count) }
        let parts = rest.split(omittingEmptySubsequences: false) { $0 == ":" || $0 == "=" }
        guard (1...3).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        name = String(parts[0])
        count = 1
        if parts.count == 3 {
            type = String(parts[1])
            count = WholeNumber.read(parts[2])
        } else if parts.count == 2 {
            if let number = WholeNumber.read(parts[1]) {
                count = number
            } else if parts[1].first?.isNumber == true {
                count = nil
            } else {
                type = String(parts[1])
            }
        }
    }
}
