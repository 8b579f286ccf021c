import Federation

/// The filters of task lists as query items.
enum TaskQuery {
    static func query(
        campaign: String? = nil, state: TaskState? = nil, partner: String? = nil, kind: TaskKind? = nil,
        site: String? = nil, language: String? = nil
    ) -> [(name: String, value: String)] {
        [
            ("campaign", campaign), ("state", state?.rawValue), ("partner", partner),
            ("kind", kind?.rawValue),
            ("site", site), ("language", language),
        ].compactMap { name, value in value.map { (name: name, value: $0) } }
    }
}
