import Glibc

/// One connection through the proxy, with the rule that spoils it.
struct ProxyConnection {
    /// What a look at both sides led to.
    enum Step {
        case goesOn
        case over
        /// The rule's fault has happened.
        case landed
    }

    private enum Side { case client, server }

    let client: Int32
    let server: Int32
    let rule: FaultyProxy.Rule?
    private var asked = 0
    private var answered = 0
    /// How often the client began to speak: the first time is its hello, the second carries its request.
    private var turns = 0
    private var last = Side.server
    private var swallowedAt: ContinuousClock.Instant?
    private var spoilt = FaultyProxy.Spoilt()
    private var isSilent = false
    private var buffer = [UInt8](repeating: 0, count: 16 << 10)

    init(client: Int32, server: Int32, rule: FaultyProxy.Rule?) {
        self.client = client
        self.server = server
        self.rule = rule
    }

    /// What the weather spoilt of it since the last look.
    mutating func takeSpoilt() -> FaultyProxy.Spoilt {
        defer { spoilt = .init() }
        return spoilt
    }

    /// Passes on what there is, for at most a moment.
    mutating func step(_ weather: FaultyProxy.Weather) -> Step {
        if weather == .silent {
            // Neither side's end is noticed: nothing comes by.
            if !isSilent { spoilt.silentConnections += 1 }
            isSilent = true
            usleep(50_000)
            return .goesOn
        }
        // The answer may come in pieces: all that follows the first within a moment is swallowed with it.
        if let swallowedAt, ContinuousClock.now - swallowedAt > .milliseconds(400) { return .landed }
        var files = [
            pollfd(fd: client, events: Int16(POLLIN), revents: 0),
            pollfd(fd: server, events: Int16(POLLIN), revents: 0),
        ]
        _ = poll(&files, 2, 50)
        if files[0].revents != 0 {
            let step = move(.client, weather)
            if case .goesOn = step {} else { return step }
        }
        if files[1].revents != 0 { return move(.server, weather) }
        return .goesOn
    }

    private mutating func move(_ side: Side, _ weather: FaultyProxy.Weather) -> Step {
        var most = min(buffer.count, rest(of: side))
        // A tenth of a second's worth at a time.
        if case .passes(let rate) = weather { most = min(most, max(1, rate / 10)) }
        let count = recv(side == .client ? client : server, &buffer, most, 0)
        if count < 0 && errno == EINTR { return .goesOn }
        guard count > 0 else { return swallowedAt == nil ? .over : .landed }
        if side == .client, last == .server { turns += 1 }
        last = side
        if side == .server, rule == .swallowAnswer, turns >= 2 {
            swallowedAt = swallowedAt ?? ContinuousClock.now
            return .goesOn
        }
        switch weather {
        case .losesAnswers where side == .server && turns >= 2:
            spoilt.lostBytes += count
            return .goesOn
        case .passes:
            spoilt.delayedBytes += count
            usleep(100_000)
        case .resets(let bytes) where asked + answered + count > bytes:
            spoilt.brokenConnections += 1
            return .over
        default: break
        }
        guard send(count, to: side == .client ? server : client) else { return .over }
        if side == .client { asked += count } else { answered += count }
        return rest(of: side) == 0 ? .landed : .goesOn
    }

    private func send(_ count: Int, to file: Int32) -> Bool {
        var sent = 0
        while sent < count {
            let part = buffer[sent..<count].withUnsafeBytes {
                Glibc.send(file, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard part > 0 else { return false }
            sent += part
        }
        return true
    }

    private func rest(of side: Side) -> Int {
        switch (rule, side) {
        case (.cutAsking(let bytes), .client): bytes - asked
        case (.cutAnswering(let bytes), .server): bytes - answered
        default: .max
        }
    }
}
