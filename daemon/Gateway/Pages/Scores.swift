import Federation

/// The scores of a campaign's evaluations by language, as a plot and as a table.
struct Scores {
    let rows: [LanguageScores]

    /// The completed evaluations among those tasks.
    init(tasks: [TaskView]) { rows = LanguageScores.read(tasks) }

    /// The mean over the languages that have it.
    func mean(_ value: (LanguageScores) -> Double?) -> Double? {
        let values = rows.compactMap(value)
        return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    /// The plot: one line a language, one mark a variant.
    func figure() -> HTML {
        let height = rows.count * 22 + 76
        let values = rows.flatMap { marks(of: $0) }
        let x = Scale(
            from: max(0, (values.min() ?? 0) - 0.3), to: max(1, (values.max() ?? 8) * 1.03), start: 60,
            end: 620)
        let label = "Bits per byte of \(rows.count) languages: untrained, trained, int8, and xz"
        return tag("figure", ["class": "scores"]) {
            tag("svg", ["viewBox": "0 0 640 \(height)", "role": "img", "aria-label": label]) {
                tag("title", label)
                legend()
                grid(x, height: height)
                for (index, row) in rows.enumerated() { line(row, y: Double(index * 22 + 40), x) }
            }
            tag("figcaption") {
                tag("b", "Bits per byte, lower is better. ")
                "Each line is a language: what the model knew untrained (ring), trained (dot) and with int8 weights "
                "(square), beside what xz −9e makes of the same text (bar)."
            }
        }
    }

    private func legend() -> HTML {
        tag("g") {
            tag("circle", ["class": "untrained", "cx": "68", "cy": "11", "r": "5"])
            tag("text", ["x": "80", "y": "16"], "untrained")
            tag("circle", ["class": "trained", "cx": "218", "cy": "11", "r": "6"])
            tag("text", ["x": "230", "y": "16"], "trained")
            tag("rect", ["class": "int8", "x": "350", "y": "8", "width": "6", "height": "6"])
            tag("text", ["x": "362", "y": "16"], "int8")
            tag("line", ["class": "xz", "x1": "460", "x2": "460", "y1": "4", "y2": "18"])
            tag("text", ["x": "469", "y": "16"], "xz −9e")
        }
    }

    private func grid(_ x: Scale, height: Int) -> HTML {
        tag("g") {
            for tick in x.ticks(7) {
                tag(
                    "line",
                    [
                        "class": "grid", "x1": x.text(tick), "x2": x.text(tick), "y1": "28",
                        "y2": "\(height - 48)",
                    ])
                tag(
                    "text", ["x": x.text(tick), "y": "\(height - 28)", "text-anchor": "middle"],
                    PageText.decimal(tick, digits: x.digits(7)))
            }
            tag("text", ["x": "340", "y": "\(height - 6)", "text-anchor": "middle"], "bits per byte")
        }
    }

    private func marks(of row: LanguageScores) -> [Double] {
        [row.untrained, row.trained, row.int8, row.xz].compactMap { $0 }
    }

    private func line(_ row: LanguageScores, y: Double, _ x: Scale) -> HTML {
        tag("g") {
            tag(
                "text", ["class": "strong", "x": "50", "y": Scale.text(y + 4), "text-anchor": "end"],
                row.language)
            let marks = marks(of: row)
            if let low = marks.min(), let high = marks.max() {
                tag(
                    "line",
                    [
                        "class": "span", "x1": x.text(low), "x2": x.text(high), "y1": Scale.text(y),
                        "y2": Scale.text(y),
                    ])
            }
            if let xz = row.xz {
                tag(
                    "line",
                    [
                        "class": "xz", "x1": x.text(xz), "x2": x.text(xz), "y1": Scale.text(y - 7),
                        "y2": Scale.text(y + 7),
                    ])
            }
            if let value = row.untrained {
                tag("circle", ["class": "untrained", "cx": x.text(value), "cy": Scale.text(y), "r": "5"])
            }
            if let value = row.trained {
                tag("circle", ["class": "trained", "cx": x.text(value), "cy": Scale.text(y), "r": "6"])
            }
            if let value = row.int8 {
                tag(
                    "rect",
                    [
                        "class": "int8", "x": Scale.text(x.at(value) - 3), "y": Scale.text(y - 3),
                        "width": "6", "height": "6",
                    ])
            }
        }
    }

    /// The same as numbers.
    func table() -> HTML {
        func text(_ value: Double?, digits: Int = 3) -> HTML {
            PageParts.number(value.map { PageText.decimal($0, digits: digits) } ?? "–")
        }
        return PageParts.table(
            "Bits per byte by language",
            heads: [
                "Language", ">Untrained", ">Trained", ">int8", ">int8 − trained", ">xz −9e", ">Unigram",
                ">Text, bytes", "Scored at",
            ]
        ) {
            for row in rows {
                tag("tr") {
                    PageParts.head { row.language }
                    text(row.untrained)
                    text(row.trained)
                    text(row.int8)
                    text(row.int8.flatMap { int8 in row.trained.map { int8 - $0 } }, digits: 4)
                    text(row.xz)
                    text(row.unigram)
                    PageParts.number(row.bytes.map { PageText.count($0) } ?? "–")
                    PageParts.cell(row.site?.rawValue ?? "–")
                }
            }
            tag("tr", ["class": "sum"]) {
                PageParts.head { "Mean" }
                text(mean(\.untrained))
                text(mean(\.trained))
                text(mean(\.int8))
                text(mean { row in row.int8.flatMap { int8 in row.trained.map { int8 - $0 } } }, digits: 4)
                text(mean(\.xz))
                text(mean(\.unigram))
                PageParts.number("")
                PageParts.cell("")
            }
        }
    }
}
