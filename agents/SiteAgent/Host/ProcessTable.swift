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

    /// A process among another one's descendants.
    struct Descendant {
        let identity: ProcessIdentity
        let parent: Int32
        let group: Int32
    }

    /// All living processes of packs of that instance, or of that pack and attempt alone. Processes of other users
    /// cannot be read and are not ours.
    static func entries(instance: String, pack: String? = nil, attempt: String? = nil) -> [Entry] {
        var found: [Entry] = []
        let own = getpid()
        let environment = ProcessText()
        for pid in processes() where pid != own {
            // Nearly all are none of ours, and this is done often: they cost no string.
            guard environment.read("/proc/\(pid)/environ"),
                let variables = environment.variables(
                    prefix: "HANSA_", having: pack.map { "HANSA_PACK=\($0)" } ?? "HANSA_PACK="),
                variables["HANSA_INSTANCE"] == instance,
                attempt == nil || variables["HANSA_ATTEMPT"] == attempt,
                let identity = ProcessIdentity(pid: pid)
            else { continue }
            found.append(Entry(identity: identity, variables: variables))
        }
        return found
    }

    /// Living descendants of a process, by the parents in `/proc`.
    static func descendants(of ancestor: Int32) -> [ProcessIdentity] {
        tree(below: ancestor).map(\.identity)
    }

    /// Living descendants of a process, parents before their children; without one child and all below it.
    static func tree(below ancestor: Int32, without left: Int32 = 0) -> [Descendant] {
        var children: [Int32: [Int32]] = [:]
        let text = ProcessText()
        for pid in processes() where pid != left {
            guard text.read("/proc/\(pid)/stat"), let parent = text.parent else { continue }
            children[parent, default: []].append(pid)
        }
        var found: [Descendant] = []
        var open = (children[ancestor] ?? []).map { (pid: $0, parent: ancestor) }
        while let next = open.popLast() {
            if let status = ProcessStatus(pid: next.pid),
                let identity = ProcessIdentity(pid: next.pid, status)
            {
                found.append(Descendant(identity: identity, parent: next.parent, group: status.group))
            }
            open += (children[next.pid] ?? []).map { ($0, next.pid) }
        }
        return found
    }

    /// The numbers of all processes of the host.
    private static func processes() -> [Int32] {
        guard let handle = opendir("/proc") else { return [] }
        defer { closedir(handle) }
        var found: [Int32] = []
        while let entry = readdir(handle) {
            let pid = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { name in
                    let isNumber = name[0] >= 0x31 && name[0] <= 0x39
                    return isNumber ? Int32(clamping: strtol(name, nil, 10)) : 0
                }
            }
            if pid > 0 { found.append(pid) }
        }
        return found
    }
}
