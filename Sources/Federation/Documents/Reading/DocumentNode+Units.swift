/// Values with units.
extension DocumentNode {
    /// A duration in whole seconds, at least 1 unless told otherwise.
    func seconds(in range: ClosedRange<Int64> = 1...31_536_000) -> Int64? {
        guard let text = value.text else {
            fault(
                "needs a unit, as text: not \(value.kindInWords)",
                suggestion: "e.g. \"90s\", \"10m\", \"2h\", \"01:30:00\"")
            return nil
        }
        guard let seconds = DurationText.seconds(text) else {
            fault(
                "\"\(text)\" is no duration",
                suggestion: "e.g. \"90s\", \"10m\", \"2h\", \"1d\", \"01:30:00\"")
            return nil
        }
        guard range.contains(seconds) else {
            fault("must be \(range.lowerBound) s to \(range.upperBound) s, not \(seconds) s")
            return nil
        }
        return seconds
    }

    /// Memory in whole mebibytes.
    func memoryMiB(most: Int = 1 << 30) -> Int? {
        guard let text = value.text, let size = MemoryText.mebibytes(text) else {
            fault("\(value.kindInWords) is no amount of memory", suggestion: "e.g. \"512MiB\", \"4GiB\"")
            return nil
        }
        guard size >= 1, size <= most else {
            fault("must be 1 MiB to \(most) MiB, not \(size) MiB")
            return nil
        }
        return size
    }

    /// A moment, UTC; with `endOfDay` a bare date means that it holds through that day.
    func moment(endOfDay: Bool = false) -> Instant? {
        guard let text = value.text, let moment = CalendarText.instant(text, endOfDay: endOfDay) else {
            fault("\(value.kindInWords) is no date", suggestion: "e.g. 2026-11-24 or 2026-11-24T18:30:00Z")
            return nil
        }
        return moment
    }

    /// An amount of a site's own unit; nil for the unit takes any.
    func amount(unit: String?) -> Amount? {
        guard let text = value.text else {
            fault(
                "must be an amount with its unit, not \(value.kindInWords)",
                suggestion: "e.g. \"1200 \(unit ?? "core-hours")\"")
            return nil
        }
        do {
            return try AmountText.amount(text, unit: unit)
        } catch {
            fault(error.inWords)
            return nil
        }
    }

    /// A decimal not below zero in thousandths: `0.5` is 500.
    func thousandths(most: Int64 = 1_000_000_000_000) -> Int64? {
        var result: Int64?
        switch value {
        case .integer(let number) where number >= 0:
            let (product, overflow) = number.multipliedReportingOverflow(by: 1000)
            result = overflow ? nil : product
        case .number(let number) where number >= 0 && number <= 1e12:
            let scaled = (number * 1000).rounded()
            result = (number * 1000 - scaled).magnitude < 1e-6 ? Int64(scaled) : nil
        case .string(let text): result = DecimalText.scaled(text, by: 1000)
        default: break
        }
        guard let result, result <= most else {
            fault("must be a decimal with at most three digits after the point, not \(value.kindInWords)")
            return nil
        }
        return result
    }

    /// A country, ISO 3166-1 alpha-2; Greece and the United Kingdom also by the codes that EU papers use.
    func country() -> String? {
        guard let text = text() else { return nil }
        let code = text.uppercased()
        guard code.utf8.count == 2, code.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
            fault("\"\(text)\" is no country code", suggestion: "two letters of ISO 3166-1, e.g. FI, CZ, NO")
            return nil
        }
        return code == "EL" ? "GR" : code == "UK" ? "GB" : code
    }

    /// Texts by name.
    func textMap() -> [String: String] {
        var map: [String: String] = [:]
        for (name, node) in entries() ?? [] { map[name] = node.text() }
        return map
    }
}
