@main
struct Hansad {
    static func main() {}
}
