/// What a task costs at a site if it runs for its whole walltime.
public struct CostQuote: Hashable, Sendable, Codable {
    /// The charge for the walltime, if it starts now.
    public var amount: Amount
    /// What is held: walltime and grace at the dearest tariff.
    public var hold: Amount
    /// The site's unit.
    public var unit: String
    /// Nodes of the job.
    public var nodes: Int
    /// Cores of the job that are paid for, over all nodes.
    public var cores: Int
    /// Devices of the job, as the batch system counts them.
    public var devices: Int
    /// Their type.
    public var deviceType: String?
    /// What people call a GPU there, where that is more than one device.
    public var module: DeviceModule?

    /// The quote in words: `12.000 GPU-hours (8 mi250x-gcd = 4 MI250X module, 1 node)`.
    public var inWords: String {
        var parts: [String] = []
        if devices > 0 {
            var text = "\(devices) \(deviceType ?? "devices")"
            if let module {
                let tenths = devices * 10 / module.devices
                let count = tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
                text += " = \(count) \(module.name)\(tenths == 10 ? "" : "s")"
            }
            parts.append(text)
        }
        parts.append("\(cores) core\(cores == 1 ? "" : "s")")
        parts.append("\(nodes) node\(nodes == 1 ? "" : "s")")
        return "\(amount.units) \(unit) (\(parts.joined(separator: ", ")))"
    }
}
