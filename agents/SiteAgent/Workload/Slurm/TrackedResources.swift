/// Slurm's list of tracked resources (`billing=2,cpu=2,gres/gpu=8,mem=20M,node=1`).
struct TrackedResources: Hashable, Sendable {
    /// What the site bills a minute or second of it at.
    var billing: Int64?
    /// Cores, over all nodes.
    var cores: Int64?
    /// Memory over all nodes, mebibytes.
    var memoryMiB: Int64?
    /// Devices over all nodes.
    var devices: Int64?
    /// Nodes.
    var nodes: Int64?

    init(_ text: String) {
        var typed: Int64 = 0
        for entry in text.split(separator: ",") {
            let parts = entry.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { continue }
            switch parts[0] {
            case "billing": billing = Int64(parts[1])
            case "cpu": cores = Int64(parts[1])
            case "node": nodes = Int64(parts[1])
            case "mem": memoryMiB = TrackedResources.mebibytes(parts[1])
            case "gres/gpu": devices = Int64(parts[1])
            default:
                // `gres/gpu:a100=8` repeats what `gres/gpu=8` says, and stands alone where only types are tracked.
                if parts[0].hasPrefix("gres/gpu:") { typed += Int64(parts[1]) ?? 0 }
            }
        }
        if devices == nil, typed > 0 { devices = typed }
    }

    /// An amount of memory like `20M`, `7.50G` or `1536K` in mebibytes, begun ones counted.
    static func mebibytes(_ text: Substring) -> Int64? {
        let digits = text.prefix { $0.isNumber || $0 == "." }
        guard let amount = Double(digits), amount >= 0, amount < 1e15 else { return nil }
        let factors: [Character: Double] = [
            "K": 1 / 1024.0, "M": 1, "G": 1024, "T": 1_048_576, "P": 1_073_741_824,
        ]
        guard let unit = text.dropFirst(digits.count).first else { return Int64(amount) }
        guard let factor = factors[unit] else { return nil }
        let mebibytes = (amount * factor).rounded(.up)
        return mebibytes < 9e15 ? Int64(mebibytes) : nil
    }
}
