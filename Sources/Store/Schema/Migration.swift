/// One numbered step of the schema; its text never changes once it has been released.
public struct Migration: Sendable {
    /// 1, 2, 3 without a gap.
    public var number: Int
    /// What it is about, from its file's name.
    public var name: String
    /// Its SQL.
    public var text: String

    /// A step with that text.
    public init(number: Int, name: String, text: String) {
        self.number = number
        self.name = name
        self.text = text
    }

    /// All steps in order. A new file goes to the end of this list; nothing else changes.
    public static let all: [Migration] = [
        Migration(1, "people", PackageResources.V0001_people_sql),
        Migration(2, "sites", PackageResources.V0002_sites_sql),
        Migration(3, "tasks", PackageResources.V0003_tasks_sql),
        Migration(4, "ledger", PackageResources.V0004_ledger_sql),
        Migration(5, "artifacts", PackageResources.V0005_artifacts_sql),
        Migration(6, "lanes", PackageResources.V0006_lanes_sql),
        Migration(7, "log_piece_length", PackageResources.V0007_log_piece_length_sql),
        Migration(8, "manifest_chunks", PackageResources.V0008_manifest_chunks_sql),
        Migration(9, "unstarted", PackageResources.V0009_unstarted_sql),
        Migration(10, "hot_rows", PackageResources.V0010_hot_rows_sql),
        Migration(11, "lean_rows", PackageResources.V0011_lean_rows_sql),
        Migration(12, "expected_rows", PackageResources.V0012_expected_rows_sql),
    ]

    private init(_ number: Int, _ name: String, _ bytes: [UInt8]) {
        self.init(number: number, name: name, text: String(decoding: bytes, as: UTF8.self))
    }
}
