@main
struct HansaAgent {
    static func main() {}
}
