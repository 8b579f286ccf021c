import Glibc
import Synchronization

/// Passes bytes between an agent and the coordinator, and spoils connections when told to.
package final class FaultyProxy: Sendable {
    /// What happens to one connection.
    package enum Rule: Sendable, Hashable {
        /// It is cut when so many bytes have gone to the coordinator.
        case cutAsking(afterBytes: Int)
        /// It is cut when so many bytes have come from the coordinator.
        case cutAnswering(afterBytes: Int)
        /// The request goes through, the answer to it never arrives, and the connection is cut.
        case swallowAnswer
    }

    private struct State {
        var rules: [Rule] = []
        var landed: [Rule] = []
        var refuses = false
        var refused = 0
        /// Connections of an earlier epoch are cut.
        var epoch = 0
    }

    /// Where it listens.
    package let port: UInt16
    private let target: Target
    private let state = Mutex(State())

    /// What it passes bytes to.
    package enum Target: Sendable {
        /// A port of this host.
        case port(UInt16)
        /// A socket in the file system.
        case socket(path: String)
    }

    /// A proxy to that port of this host.
    package convenience init(to port: UInt16) throws { try self.init(.port(port)) }

    /// A proxy to that.
    package init(_ target: Target) throws {
        self.target = target
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard listener >= 0 else { throw DrillFault("no socket") }
        port = try FreePort.bound(listener)
        guard listen(listener, 32) == 0 else { throw DrillFault("cannot listen") }
        DetachedThread.start { [self] in serve(listener) }
    }

    /// Spoils the next connections, one rule each; connections that stand are cut, so that new ones come.
    package func spoil(_ rules: [Rule]) {
        state.withLock {
            $0.rules = rules
            $0.landed = []
            $0.epoch += 1
        }
    }

    /// The rules whose fault has happened, in order.
    package var landed: [Rule] { state.withLock { $0.landed } }

    /// Cuts the link: what stands is cut, what comes is refused, until `restore`.
    package func cut() {
        state.withLock {
            $0.refuses = true
            $0.refused = 0
            $0.epoch += 1
        }
    }

    /// How many connections were refused since `cut`.
    package var refused: Int { state.withLock { $0.refused } }

    /// Everything passes again.
    package func restore() {
        state.withLock {
            $0.refuses = false
            $0.rules = []
        }
    }

    private func serve(_ listener: Int32) {
        while true {
            let client = Glibc.accept(listener, nil, nil)
            guard client >= 0, fcntl(client, F_SETFD, FD_CLOEXEC) == 0 else { continue }
            let (rule, epoch, isRefused) = state.withLock { state -> (Rule?, Int, Bool) in
                if state.refuses {
                    state.refused += 1
                    return (nil, 0, true)
                }
                return (state.rules.isEmpty ? nil : state.rules.removeFirst(), state.epoch, false)
            }
            if isRefused {
                Self.reset(client)
            } else {
                DetachedThread.start { [self] in pass(client, rule, epoch: epoch) }
            }
        }
    }

    private func pass(_ client: Int32, _ rule: Rule?, epoch: Int) {
        guard let server = connected() else { return Self.reset(client) }
        var connection = ProxyConnection(client: client, server: server, rule: rule)
        while state.withLock({ $0.epoch == epoch }) {
            switch connection.step() {
            case .goesOn: continue
            case .over: break
            case .landed: if let rule { state.withLock { $0.landed.append(rule) } }
            }
            break
        }
        Self.reset(client)
        Self.reset(server)
    }

    private func connected() -> Int32? {
        switch target {
        case .port(let port):
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
            address.sin_port = port.bigEndian
            return Self.connected(AF_INET, &address)
        case .socket(let path):
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
            return Self.connected(AF_UNIX, &address)
        }
    }

    private static func connected<Address>(_ family: Int32, _ address: inout Address) -> Int32? {
        let server = socket(family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(server, $0, socklen_t(MemoryLayout<Address>.size))
            }
        }
        if code == 0 { return server }
        close(server)
        return nil
    }

    /// Closes it so that the other side sees a broken connection, not an ended one.
    private static func reset(_ file: Int32) {
        var now = linger(l_onoff: 1, l_linger: 0)
        setsockopt(file, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
        close(file)
    }
}
