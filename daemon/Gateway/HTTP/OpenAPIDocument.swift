/// The API's description, as it is served and as the tests hold every answer against it.
enum OpenAPIDocument {
    /// OpenAPI 3.1 in YAML, put together from the files of the folder `OpenAPI`, which are small because embedding a
    /// large one takes the compiler very long.
    static let text: String = {
        let parts: [[UInt8]] = [
            PackageResources.head_yaml, PackageResources.paths_campaigns_yaml,
            PackageResources.paths_ledger_yaml,
            PackageResources.paths_agents_yaml, PackageResources.components_yaml,
            PackageResources.schemas_a_yaml,
            PackageResources.schemas_b_yaml,
        ]
        return parts.map { String(decoding: $0, as: UTF8.self) }.joined()
    }()
}
