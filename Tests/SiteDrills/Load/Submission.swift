/// A campaign of a seed's load, submitted under a fixed key.
struct Submission: Sendable {
    /// Where the workload's program is, and where it writes.
    struct Place: Sendable {
        var program: String
        var lines: String
    }

    /// Also the campaign's name.
    var key: String
    var tasks: [LoadTask]
    /// When the coordinator had it, seconds of the wall clock.
    var at = 0.0

    /// Tasks for a fault that needs something to hit.
    static func extra(number: Int, count: Int, site: String?, nodes: Int, seconds: Int) -> Submission {
        let key = "extra-\(number)"
        let tasks = (0..<count).map { index in
            LoadTask(
                name: "\(key)-\(index)", kind: nodes > 1 ? "mpi" : "run", arguments: ["run", "\(seconds)"],
                site: site, nodes: nodes, walltime: "\(seconds + 80)s")
        }
        return Submission(key: key, tasks: tasks)
    }

    func document(_ place: Place) -> String {
        let head = """
            name: \(key)
            programme: drills
            activity: test
            defaults:
              kind: data
              program: \(place.program)
            tasks:
            """
        return ([head] + tasks.map { $0.text(lines: place.lines) }).joined(separator: "\n") + "\n"
    }
}
