import Federation

/// Parts that several pages have.
enum PageParts {
    /// A section with a heading.
    static func section(
        _ title: String, id: String? = nil, note: String? = nil, @Markup _ content: () -> HTML
    ) -> HTML {
        tag("section", ["id": id]) {
            tag("h2", title)
            if let note { tag("p", ["class": "note"], note) }
            content()
        }
    }

    /// A table that scrolls by itself on a narrow screen. Heads that begin with `>` are of numbers.
    static func table(_ caption: String, heads: [String], @Markup _ rows: () -> HTML) -> HTML {
        tag("div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": caption]) {
            tag("table") {
                tag("caption", caption)
                tag("thead") {
                    tag("tr") {
                        for head in heads {
                            if head.hasPrefix(">") {
                                tag("th", ["scope": "col", "class": "n"], String(head.dropFirst()))
                            } else {
                                tag("th", ["scope": "col"], head)
                            }
                        }
                    }
                }
                tag("tbody") { rows() }
            }
        }
    }

    /// A cell of text; short ones stay on one line, long ones get room.
    static func cell(_ text: String) -> HTML {
        tag("td", ["class": text.utf8.count <= 16 ? "s" : text.utf8.count > 40 ? "w" : nil], text)
    }
    /// A cell of a number.
    static func number(_ text: String) -> HTML { tag("td", ["class": "n"], text) }
    /// A row's own head.
    static func head(@Markup _ content: () -> HTML) -> HTML { tag("th", ["scope": "row"], content) }

    /// A link inside the pages; the parts of the path are encoded.
    static func link(_ parts: [String], _ text: String) -> HTML {
        tag("a", ["href": "/" + parts.map(encoded).joined(separator: "/")], text)
    }

    /// A word that says how things stand, coloured and spelled out.
    static func badge(_ word: String, _ tone: Tone) -> HTML {
        tag("span", ["class": "badge \(tone.rawValue)"], word)
    }

    /// How a badge looks.
    enum Tone: String {
        case good, bad, warn, calm
    }

    /// How a task's state looks.
    static func tone(_ state: TaskState) -> Tone {
        switch state {
        case .completed: .good
        case .failed, .dependencyFailed: .bad
        case .cancelled: .warn
        case .waiting, .ready, .running: .calm
        }
    }

    /// A moment that machines can read as well.
    static func time(_ instant: Instant?) -> HTML {
        guard let instant else { return HTML("–") }
        return tag("time", ["datetime": PageText.machine(instant)], PageText.minute(instant))
    }

    /// Key figures in a row.
    static func figures(_ items: [(label: String, value: String, unit: String)]) -> HTML {
        tag("dl", ["class": "figures"]) {
            for item in items {
                tag("div") {
                    tag("dt", item.label)
                    tag("dd") {
                        item.value
                        if !item.unit.isEmpty { tag("small", " " + item.unit) }
                    }
                }
            }
        }
    }

    private static func encoded(_ part: String) -> String {
        var result = ""
        for byte in part.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return result
    }
}
