/// Accelerators as `--gpus…` and `--gres` ask for them: `4`, `a100:2`.
public struct DeviceCount: Hashable, Sendable {
    /// How many.
    public var count: Int
    /// The site's word for their type, if one is asked for.
    public var type: String?

    /// Reads `[type:]number`; nil for anything else, also for several types at a time.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let number = WholeNumber.read(parts[parts.count - 1], digits: 6)
        else { return nil }
        count = number
        guard parts.count == 2 else { return }
        guard !parts[0].isEmpty else { return nil }
        type = String(parts[0])
    }

    /// That many, of that type.
    public init(count: Int, type: String?) {
        self.count = count
        self.type = type
    }

    /// The programme's name of the type: centres name the same device differently.
    public var deviceType: String? {
        guard let name = type?.lowercased() else { return nil }
        if name.contains("mi250") { return "mi250x-gcd" }
        for known in ["a100", "h100", "h200", "gh200", "v100", "mi300a", "mi300x", "a40", "l40s", "t4"]
        where name.split(whereSeparator: { "_-.".contains($0) }).contains(Substring(known)) {
            return known
        }
        return name
    }
}
