/// The API's description, as it is served and as the tests hold every answer against it.
enum OpenAPIDocument {
    /// The files of the folder `OpenAPI` in their order; small ones, because embedding a large one takes the compiler
    /// very long.
    static var parts: [[UInt8]] {
        [
            PackageResources.head_yaml, PackageResources.paths_campaigns_yaml,
            PackageResources.paths_ledger_yaml,
            PackageResources.paths_agents_yaml, PackageResources.components_yaml,
            PackageResources.schemas_a_yaml,
            PackageResources.schemas_b_yaml, PackageResources.schemas_tasks_yaml,
            PackageResources.schemas_refusals_yaml, PackageResources.schemas_exchange_yaml,
        ]
    }

    /// OpenAPI 3.1 in YAML.
    static let text = parts.map { String(decoding: $0, as: UTF8.self) }.joined()
}
