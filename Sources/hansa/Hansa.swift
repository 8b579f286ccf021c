@main
struct Hansa {
    static func main() {}
}
