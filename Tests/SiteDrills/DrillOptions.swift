import DrillKit
import FoundationEssentials
import Glibc

/// What the command line says.
struct DrillOptions: Sendable {
    /// How many seeds.
    var seeds = 1
    /// The first seed's number.
    var first = 1
    /// Seeds side by side.
    var jobs = 3
    /// With the faults that outlast every time-out.
    var isLong = false
    /// These faults alone, one after the other, instead of those that the seed's number draws.
    var faults: [String] = []
    /// Where results go, absolute.
    var folder = ""
    /// The one seed that this process is to run, where it is one of the runner's own.
    var seed: Int?
    /// The clone.
    var root = ""

    static let usage = """
        usage: site-drills [--seeds N] [--first K] [--jobs N] [--long] [--folder FOLDER]
               [--fault KIND[,KIND…]]
        """

    init(_ arguments: [String]) throws {
        // …/Tests/SiteDrills/DrillOptions.swift, unless it is run from a clone's top.
        let here = FileManager.default.currentDirectoryPath
        root = here
        folder = "\(here)/.hansa/drills"
        var rest = arguments[...]
        while let word = rest.popFirst() {
            switch word {
            case "--long": isLong = true
            case "--seeds": seeds = try Self.number(rest.popFirst(), word, 1...100_000)
            case "--first": first = try Self.number(rest.popFirst(), word, 1...1_000_000)
            case "--jobs": jobs = try Self.number(rest.popFirst(), word, 1...64)
            case "--seed": seed = try Self.number(rest.popFirst(), word, 1...1_000_000)
            case "--fault":
                faults = (rest.popFirst() ?? "").split(separator: ",").map(String.init)
                let known = FaultCatalogue.kinds.map(\.name)
                guard !faults.isEmpty, faults.allSatisfy(known.contains) else {
                    throw DrillFault("--fault takes kinds out of \(known.joined(separator: ", "))")
                }
            case "--folder":
                guard let value = rest.popFirst(), !value.isEmpty else { throw DrillFault(Self.usage) }
                folder = value.hasPrefix("/") ? value : "\(here)/\(value)"
            default: throw DrillFault("unknown: \(word)\n\(Self.usage)")
            }
        }
        guard access("\(root)/ops/slurm/clusters", X_OK) == 0 else {
            throw DrillFault("it is to be run from the top of a clone")
        }
    }

    private static func number(_ text: String?, _ option: String, _ range: ClosedRange<Int>) throws -> Int {
        guard let text, let number = Int(text), range.contains(number) else {
            throw DrillFault("\(option) takes \(range.lowerBound) to \(range.upperBound)\n\(usage)")
        }
        return number
    }
}
