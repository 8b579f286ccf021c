import DrillKit
import Glibc

/// `make drills`: seeds of faults against whole deployments on real clusters.
@main
struct SiteDrills {
    static func main() {
        for program in ["hansad", "hansa-agent", "hansa"] {
            do {
                print("\(program): \(try Programs.path(program))")
            } catch {
                print("site-drills: \(error)")
                exit(2)
            }
        }
    }
}
