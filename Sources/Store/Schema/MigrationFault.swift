/// Why a database is not touched.
public enum MigrationFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The database has steps that this program does not know.
    case newerDatabase(database: Int, program: Int)
    /// A step that was applied has another text now.
    case changed(number: Int, name: String)
    /// A step is missing among those applied.
    case gap(expected: Int, found: Int)
    /// The program's own steps are not numbered 1, 2, 3.
    case misnumbered(Int)
    /// The schema is older than this program and nobody asked to migrate it.
    case behind(database: Int, program: Int)

    /// The reason, and what would be right.
    public var description: String {
        switch self {
        case .newerDatabase(let database, let program):
            "the database's schema is version \(database), this program knows up to \(program): "
                + "start a newer hansad, or restore a backup from before the upgrade"
        case .changed(let number, let name):
            "schema step \(number) (\(name)) was applied with another text than this program's: "
                + "the program was built from changed sources; use a released one"
        case .gap(let expected, let found):
            "schema step \(expected) is missing in the database, which goes on with \(found): "
                + "the table schema_migration was tampered with; restore a backup"
        case .misnumbered(let number):
            "the program's schema steps are not numbered in a row at \(number): this is a fault of the program"
        case .behind(let database, let program):
            "the database's schema is version \(database), this program needs \(program): run hansad migrate"
        }
    }
}
