import DrillKit
import Glibc
import Testing

/// What the drills' proxy does to every connection while its weather lasts, on real sockets: the proof that such a fault
/// landed is what it counts.
@Suite struct ProxyWeatherTests {
    /// Answers every piece that comes with the same piece, on a port of its own.
    private struct Echo {
        let port: UInt16

        init() throws {
            let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
            port = try FreePort.bound(listener)
            guard listen(listener, 8) == 0 else { throw DrillFault("cannot listen") }
            DetachedThread.start {
                while true {
                    let peer = accept(listener, nil, nil)
                    guard peer >= 0 else { return }
                    DetachedThread.start {
                        var bytes = [UInt8](repeating: 0, count: 4096)
                        while case let count = recv(peer, &bytes, bytes.count, 0), count > 0 {
                            _ = send(peer, bytes, count, Int32(MSG_NOSIGNAL))
                        }
                        close(peer)
                    }
                }
            }
        }
    }

    /// A connection, or nil where it was refused or broken at once.
    private static func connected(to port: UInt16) -> Int32? {
        let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        address.sin_port = port.bigEndian
        var patience = timeval(tv_sec: 1, tv_usec: 500_000)
        setsockopt(file, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if code == 0 { return file }
        close(file)
        return nil
    }

    /// What comes back for that many bytes: how many, or how it failed.
    private enum Echoed: Equatable { case bytes(Int), broken, nothing }

    private static func echo(_ count: Int, _ file: Int32) -> Echoed {
        let bytes = [UInt8](repeating: 7, count: count)
        guard send(file, bytes, count, Int32(MSG_NOSIGNAL)) == count else { return .broken }
        var buffer = [UInt8](repeating: 0, count: 4096)
        var got = 0
        while got < count {
            let part = recv(file, &buffer, buffer.count, 0)
            if part < 0, errno == EAGAIN || errno == EWOULDBLOCK { return .nothing }
            guard part > 0 else { return .broken }
            got += part
        }
        return .bytes(got)
    }

    @Test func eachWeatherDoesWhatItSays() throws {
        let proxy = try FaultyProxy(to: Echo().port)
        let standing = try #require(Self.connected(to: proxy.port))
        #expect(Self.echo(100, standing) == .bytes(100))
        #expect(proxy.spoilt.total == 0)

        proxy.weather = .silent
        #expect(Self.echo(100, standing) == .nothing)
        #expect(proxy.spoilt.silentConnections == 1)
        proxy.weather = .clear
        #expect(Self.echo(100, standing) == .broken, "what stood while nothing came by is cut")
        close(standing)

        let heard = try #require(Self.connected(to: proxy.port))
        for _ in 1...2 { #expect(Self.echo(10, heard) == .bytes(10)) }
        proxy.weather = .losesAnswers
        #expect(Self.echo(10, heard) == .nothing)
        #expect(proxy.spoilt.lostBytes == 10)
        close(heard)

        proxy.weather = .resets(afterBytes: 300)
        let short = try #require(Self.connected(to: proxy.port))
        #expect(Self.echo(100, short) == .bytes(100))
        #expect(Self.echo(200, short) == .broken)
        #expect(proxy.spoilt.brokenConnections == 1)
        close(short)

        proxy.weather = .passes(bytesPerSecond: 1000)
        let slow = try #require(Self.connected(to: proxy.port))
        let begin = ContinuousClock.now
        #expect(Self.echo(500, slow) == .bytes(500))
        #expect(ContinuousClock.now - begin > .milliseconds(900))
        #expect(proxy.spoilt.delayedBytes > 500)
        close(slow)

        proxy.weather = .refuses
        if let refused = Self.connected(to: proxy.port) {
            #expect(Self.echo(10, refused) == .broken)
            close(refused)
        }
        #expect(proxy.spoilt.refusedConnections == 1)
        proxy.weather = .clear
        let last = try #require(Self.connected(to: proxy.port))
        #expect(Self.echo(10, last) == .bytes(10))
        close(last)
    }

    @Test func itCanBeTurnedToAnotherPlace() throws {
        let proxy = try FaultyProxy(to: Echo().port)
        let first = try #require(Self.connected(to: proxy.port))
        #expect(Self.echo(10, first) == .bytes(10))
        proxy.redirect(to: try Echo().port)
        #expect(Self.echo(10, first) == .broken)
        let second = try #require(Self.connected(to: proxy.port))
        #expect(Self.echo(10, second) == .bytes(10))
        #expect(proxy.opened == 2)
        close(first)
        close(second)
    }
}
