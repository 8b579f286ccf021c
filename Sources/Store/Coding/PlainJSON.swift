import Federation

/// A value that writes its own stored JSON where that is simple: the general encoder takes thirty times as long, and
/// whoever settles thousands of attempts waits for little else.
protocol PlainJSON {
    /// The same text as the general encoder's; nil where only that one knows.
    var plainJSON: String? { get }
}

extension Usage: PlainJSON {
    var plainJSON: String? {
        guard partition.rawValue.isPlain else { return nil }
        var text = "{"
        if let billing { text += "\"billing\":\(billing)," }
        text += "\"coresPerNode\":\(coresPerNode),"
        if let cpuSeconds {
            guard let figure = cpuSeconds.plainJSON else { return nil }
            text += "\"cpuSeconds\":\(figure),"
        }
        text += "\"devicesPerNode\":\(devicesPerNode),"
        if let energyJoules {
            guard let figure = energyJoules.plainJSON else { return nil }
            text += "\"energyJoules\":\(figure),"
        }
        text += "\"estimated\":\(estimated),"
        if let maximumResidentBytes { text += "\"maximumResidentBytes\":\(maximumResidentBytes)," }
        text += "\"memoryMiBPerNode\":\(memoryMiBPerNode),\"nodes\":\(nodes),"
        text += "\"partition\":\"\(partition.rawValue)\",\"runs\":["
        for (place, run) in runs.enumerated() {
            text += place == 0 ? "" : ","
            text += "{\"seconds\":\(run.seconds),\"start\":\(run.start.microseconds)}"
        }
        text += "],\"source\":\"\(source.rawValue)\"}"
        return text
    }
}

extension AttemptEnd: PlainJSON {
    /// Of an end in good order without artifacts and result.
    var plainJSON: String? {
        guard outcome == .completed, artifacts.isEmpty, result == nil, detail.isPlain else { return nil }
        var text = "{\"artifacts\":[],\"at\":\(at.microseconds),\"detail\":\"\(detail)\","
        if let exit { text += "\"exit\":\(exit)," }
        text += "\"outcome\":{\"completed\":{}},\"progress\":\(progress)"
        if let retryAsked { text += ",\"retryAsked\":\(retryAsked)" }
        if let signal { text += ",\"signal\":\(signal)" }
        return text + "}"
    }
}

extension Double {
    /// A figure without a fraction is written as a whole number.
    fileprivate var plainJSON: String? {
        guard isFinite else { return nil }
        let text = description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}

extension String {
    /// Nothing in it has to be escaped.
    fileprivate var isPlain: Bool {
        utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
    }
}
