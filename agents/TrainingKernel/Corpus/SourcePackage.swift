/// A Debian package on this disk, and what is needed of its content.
struct SourcePackage: Sendable {
    let name: String
    let version: String
    /// The path of the `.deb` file.
    let file: String
}
