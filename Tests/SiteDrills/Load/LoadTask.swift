/// One task of a seed's load.
struct LoadTask: Sendable {
    var name: String
    /// The kind of work, for the plan.
    var kind: String
    /// What `ops/drills/work.sh` is told.
    var arguments: [String]
    /// Where, or anywhere.
    var site: String?
    /// Nodes, with one rank each.
    var nodes = 1
    var cores = 1
    var walltime = "90s"
    var signalBefore = "2s"
    var retries = 6
    var links = 1
    var packable = false
    /// How it has to end.
    var expect = "completed"
    /// Whether a fault may make it fail for good.
    var mayFail = false

    func text(lines: String) -> String {
        let words = ([#"lines=\#(lines)"#] + arguments).map { "\"\($0)\"" }.joined(separator: ", ")
        return """
              - name: \(name)
                arguments: [\(words)]
                resources: {nodes: \(nodes), ranks: 1, cores: \(cores), memory: 64MiB, walltime: \(walltime)}
                signalBefore: \(signalBefore)
                retries: \(retries)
                links: \(links)
                packable: \(packable)
            """ + (site.map { "\n    sites: [\($0)]" } ?? "")
    }
}
