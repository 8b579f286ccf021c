import Glibc
import Synchronization

/// Passes bytes between an agent and the coordinator, and spoils connections when told to: single ones by rules, all of
/// them by its weather.
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

    /// What happens to all connections, those that stand included, for as long as it lasts.
    package enum Weather: Sendable, Hashable {
        /// Everything passes.
        case clear
        /// What stands is cut, what comes is refused.
        case refuses
        /// Requests arrive, and no answer to them comes back; nobody is told.
        case losesAnswers
        /// So many bytes pass a second, each way.
        case passes(bytesPerSecond: Int)
        /// Each connection breaks when so many bytes have come by.
        case resets(afterBytes: Int)
        /// Connections are taken, and nothing comes by; nobody is told.
        case silent
    }

    /// How often something was spoilt since the weather set in.
    package struct Spoilt: Sendable, Hashable, CustomStringConvertible {
        package var refusedConnections = 0
        package var brokenConnections = 0
        package var silentConnections = 0
        package var lostBytes = 0
        package var delayedBytes = 0

        /// Zero where nobody has noticed anything yet.
        package var total: Int {
            refusedConnections + brokenConnections + silentConnections + lostBytes + delayedBytes
        }
        package var description: String {
            "\(refusedConnections) connections refused, \(brokenConnections) broken, \(silentConnections) silent, "
                + "\(lostBytes) bytes lost, \(delayedBytes) delayed"
        }
    }

    private struct State {
        var rules: [Rule] = []
        var landed: [Rule] = []
        var weather = Weather.clear
        var spoilt = Spoilt()
        /// Where connections go instead of the usual place.
        var redirection: Target?
        var opened = 0
        /// Connections of an earlier epoch are cut.
        var epoch = 0

        /// Counts what a connection lost, unless the weather has changed since.
        mutating func add(_ more: Spoilt, under weather: Weather) {
            guard self.weather == weather else { return }
            spoilt.brokenConnections += more.brokenConnections
            spoilt.silentConnections += more.silentConnections
            spoilt.lostBytes += more.lostBytes
            spoilt.delayedBytes += more.delayedBytes
        }
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
    package func cut() { weather = .refuses }

    /// How many connections were refused since `cut`.
    package var refused: Int { spoilt.refusedConnections }

    /// Everything passes again.
    package func restore() {
        weather = .clear
        state.withLock { $0.rules = [] }
    }

    /// What happens to all connections. Where it clears up, what stood is cut: nobody waits for what was lost.
    package var weather: Weather {
        get { state.withLock { $0.weather } }
        set {
            state.withLock {
                if newValue == .refuses || $0.weather != .clear && $0.weather != .refuses { $0.epoch += 1 }
                $0.weather = newValue
                $0.spoilt = Spoilt()
            }
        }
    }

    /// What the weather has spoilt so far.
    package var spoilt: Spoilt { state.withLock { $0.spoilt } }

    /// How many connections were passed on to where they go, since the proxy began.
    package var opened: Int { state.withLock { $0.opened } }

    /// Passes to that port of this host from now on; what stands is cut.
    package func redirect(to port: UInt16) {
        state.withLock {
            $0.redirection = .port(port)
            $0.epoch += 1
        }
    }

    private func serve(_ listener: Int32) {
        while true {
            let client = Glibc.accept(listener, nil, nil)
            guard client >= 0, fcntl(client, F_SETFD, FD_CLOEXEC) == 0 else { continue }
            let (rule, epoch, isRefused) = state.withLock { state -> (Rule?, Int, Bool) in
                if state.weather == .refuses {
                    state.spoilt.refusedConnections += 1
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
        guard let server = connected(state.withLock { $0.redirection } ?? target) else {
            return Self.reset(client)
        }
        state.withLock { $0.opened += 1 }
        var connection = ProxyConnection(client: client, server: server, rule: rule)
        while let weather = state.withLock({ $0.epoch == epoch ? $0.weather : nil }) {
            let step = connection.step(weather)
            let spoilt = connection.takeSpoilt()
            if spoilt.total > 0 { state.withLock { $0.add(spoilt, under: weather) } }
            switch step {
            case .goesOn: continue
            case .over: break
            case .landed: if let rule { state.withLock { $0.landed.append(rule) } }
            }
            break
        }
        Self.reset(client)
        Self.reset(server)
    }

    private func connected(_ target: Target) -> Int32? {
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
