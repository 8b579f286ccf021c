/// Memory as people write it: `512MiB`, `4GiB`, and decimal `4GB`, rounded up to whole mebibytes.
enum MemoryText {
    private static let sizes: [(unit: String, bytes: Int64)] = [
        ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1 << 40),
        ("KB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000),
    ]

    /// Whole mebibytes, or nil when the text is no amount of memory.
    static func mebibytes(_ text: String) -> Int? {
        for (unit, bytes) in sizes where text.hasSuffix(unit) {
            var number = text.dropLast(unit.count)
            while number.last == " " { number = number.dropLast() }
            guard let total = DecimalText.scaled(number, by: bytes) else { return nil }
            return Int(total / (1 << 20)) + (total % (1 << 20) == 0 ? 0 : 1)
        }
        return nil
    }
}
