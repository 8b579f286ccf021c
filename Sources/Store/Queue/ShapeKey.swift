import Federation

/// A task's spec without everything that placement does not read: equal for all tasks of one shape.
enum ShapeKey {
    /// The spec that stands for the shape.
    static func spec(_ spec: TaskSpec) -> TaskSpec {
        var key = spec
        key.name = ""
        key.languages = []
        key.model = nil
        key.arguments = []
        key.environment = [:]
        key.outputs = []
        key.dependsOn = []
        key.retries = 0
        key.maximumLinks = 1
        key.onSilence = .park
        key.tags = [:]
        return key
    }
}
