import DrillKit
import Glibc

/// `make drills`: seeds of faults against whole deployments on real clusters.
@main
struct SiteDrills {
    static func main() async {
        do {
            let options = try DrillOptions(Array(CommandLine.arguments.dropFirst()))
            if let seed = options.seed {
                exit(await SeedProcess(options: options, number: seed).run())
            }
            exit(try await Runner(options: options).run())
        } catch {
            Report.say("site-drills: \(error)")
            exit(2)
        }
    }
}
