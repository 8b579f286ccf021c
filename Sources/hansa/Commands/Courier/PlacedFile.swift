/// A file at a site.
struct PlacedFile: Hashable {
    var name: String
    var bytes: Int
}
