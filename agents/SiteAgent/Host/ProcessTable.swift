import Glibc

/// The host's processes that belong to packs, found by their environment, which a program inherits to whatever it
/// starts.
enum ProcessTable {
    /// A process with `HANSA_…` variables.
    struct Entry {
        let identity: ProcessIdentity
        /// Its variables that begin with `HANSA_`.
        let variables: [String: String]

        var isWatchdog: Bool { variables["HANSA_ROLE"] == "watchdog" }
        var isWrapper: Bool { variables["HANSA_ROLE"] == "wrapper" }
    }

    /// All living processes of packs of that instance, or of that pack and attempt alone. Processes of other users
    /// cannot be read and are not ours.
    static func entries(instance: String, pack: String? = nil, attempt: String? = nil) -> [Entry] {
        var found: [Entry] = []
        for name in Folder.entries("/proc") {
            guard let pid = Int32(name), pid != getpid() else { continue }
            guard let bytes = try? DurableFile.read("/proc/\(pid)/environ", limit: 4 << 20), !bytes.isEmpty
            else {
                continue
            }
            let variables = hansaVariables(bytes)
            guard let itsPack = variables["HANSA_PACK"], variables["HANSA_INSTANCE"] == instance,
                pack == nil || itsPack == pack, attempt == nil || variables["HANSA_ATTEMPT"] == attempt,
                let identity = ProcessIdentity(pid: pid)
            else { continue }
            found.append(Entry(identity: identity, variables: variables))
        }
        return found
    }

    /// Living descendants of a process, by the parents in `/proc`.
    static func descendants(of ancestor: Int32) -> [ProcessIdentity] {
        var children: [Int32: [Int32]] = [:]
        for name in Folder.entries("/proc") {
            guard let pid = Int32(name), let status = ProcessStatus(pid: pid) else { continue }
            children[status.parent, default: []].append(pid)
        }
        var found: [ProcessIdentity] = []
        var open = children[ancestor] ?? []
        while let pid = open.popLast() {
            if let identity = ProcessIdentity(pid: pid) { found.append(identity) }
            open += children[pid] ?? []
        }
        return found
    }

    private static func hansaVariables(_ bytes: [UInt8]) -> [String: String] {
        let prefix = Array("HANSA_".utf8)
        var variables: [String: String] = [:]
        for entry in bytes.split(separator: 0) where entry.starts(with: prefix) {
            guard let equals = entry.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let name = String(decoding: entry[..<equals], as: UTF8.self)
            variables[name] = String(decoding: entry[(equals + 1)...], as: UTF8.self)
        }
        return variables
    }
}
