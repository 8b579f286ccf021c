import FoundationEssentials
import Glibc

/// Where the programs under test are: the folder named by `HANSA_BIN`, else beside the tests or the program that looks.
package enum Programs {
    package static func path(_ name: String) throws -> String {
        if name.hasPrefix("/") { return name }
        let places = folders.map { "\($0)/\(name)" }
        guard let found = places.first(where: { access($0, X_OK) == 0 }) else {
            throw DrillFault("\(name) is not built; looked at \(places.joined(separator: ", "))")
        }
        return found
    }

    private static let folders: [String] = {
        let named = (ProcessInfo.processInfo.environment["HANSA_BIN"] ?? "").split(separator: ":").map(
            String.init)
        // The test bundle is mapped into this process, whatever program runs it.
        let bundle = TextFile.read("/proc/self/maps").split(separator: "\n")
            .compactMap { line in line.firstIndex(of: "/").map { String(line[$0...]) } }
            .first { $0.hasSuffix(".xctest") }
        let beside = bundle.map { path in
            path.split(separator: "/").dropLast().map { "/" + $0 }.joined()
        }
        var own = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = readlink("/proc/self/exe", &own, own.count - 1)
        let program = String(
            decoding: own.prefix(max(0, length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let here = program.split(separator: "/").dropLast().map { "/" + $0 }.joined()
        return named + [beside, here].compactMap { $0 }
    }()
}
