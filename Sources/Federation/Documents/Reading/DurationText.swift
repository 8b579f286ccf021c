/// Durations as people write them: `90s`, `10m`, `2h`, `1d`, `1h30m`, `01:30:00`, `1-12:00:00`.
public enum DurationText {
    /// Whole seconds, or nil when the text is none of these.
    public static func seconds(_ text: String) -> Int64? {
        text.contains(":") ? clock(text) : units(text)
    }

    private static func clock(_ text: String) -> Int64? {
        var days: Int64 = 0
        var rest = text[...]
        if let dash = text.firstIndex(of: "-") {
            guard let count = number(text[..<dash]), count <= 100_000 else { return nil }
            days = count
            rest = text[text.index(after: dash)...]
        }
        let parts = rest.split(separator: ":", omittingEmptySubsequences: false).map { number($0) }
        guard parts.count == 3, let hours = parts[0], let minutes = parts[1], let seconds = parts[2],
            hours <= 1_000_000, minutes < 60, seconds < 60
        else { return nil }
        return days * 86_400 + hours * 3600 + minutes * 60 + seconds
    }

    private static func units(_ text: String) -> Int64? {
        var total: Int64 = 0
        var digits = ""
        var last = Int64.max
        for character in text {
            if character.isASCII, character.isNumber {
                digits.append(character)
                continue
            }
            let size: Int64
            switch character {
            case "s": size = 1
            case "m": size = 60
            case "h": size = 3600
            case "d": size = 86_400
            default: return nil
            }
            guard size < last, let count = number(digits[...]), count <= 1_000_000_000 else { return nil }
            total += count * size
            last = size
            digits = ""
        }
        return digits.isEmpty && last != Int64.max ? total : nil
    }

    private static func number(_ text: some StringProtocol) -> Int64? {
        guard !text.isEmpty, text.utf8.count <= 10, text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else {
            return nil
        }
        return Int64(text)
    }
}
