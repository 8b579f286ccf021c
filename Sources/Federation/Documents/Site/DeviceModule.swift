/// What people call a GPU where the batch system counts parts of it: one MI250X module is two GCDs.
public struct DeviceModule: Hashable, Sendable, Codable {
    /// The module's name (`MI250X module`).
    public var name: String
    /// Devices of the batch system in one.
    public var devices: Int

    /// A module of so many devices.
    public init(name: String, devices: Int) {
        self.name = name
        self.devices = devices
    }
}
