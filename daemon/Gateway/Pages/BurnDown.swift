import Federation

/// How a site's units went over time, and where that leads at the pace so far.
struct BurnDown {
    /// What was there at a moment: granted + overrun of charges, less what was spent and expired.
    struct Point: Hashable {
        var at: Instant
        var left: Amount
    }

    let site: SiteID
    let unit: String
    let points: [Point]
    let spent: Amount
    let now: Instant
    let periodEnd: Instant?

    /// From a site's steps, in their order.
    init(site: SiteID, unit: String, steps: [BurnStep], now: Instant, periodEnd: Instant?) {
        self.site = site
        self.unit = unit
        self.now = now
        self.periodEnd = periodEnd
        var left = Amount.zero
        var spent = Amount.zero
        var points: [Point] = []
        for step in steps {
            left += step.granted - step.charged
            spent += step.charged
            // What one transaction booked is one step.
            if points.last?.at == step.at { points.removeLast() }
            points.append(Point(at: step.at, left: left))
        }
        self.points = points
        self.spent = spent
    }

    /// The moment of the first charge.
    private var begin: Instant? {
        guard let first = points.first?.left, let change = points.firstIndex(where: { $0.left < first })
        else { return nil }
        return points[max(0, change - 1)].at
    }

    /// When nothing is left if it goes on as it has since the first charge; nil without a pace.
    var exhaustion: Instant? {
        guard let begin, let last = points.last, last.left > .zero, spent > .zero else { return nil }
        let elapsed = Double(max(1, now.seconds(since: begin)))
        let perSecond = Double(spent.thousandths) / elapsed
        let seconds = Double(last.left.thousandths) / perSecond
        guard seconds < 3e9 else { return .distantFuture }
        return now.adding(seconds: Int64(seconds))
    }

    /// What the plot says, in a sentence.
    var sentence: String {
        guard let begin, let last = points.last else {
            return points.isEmpty ? "nothing was granted yet" : "nothing was charged yet"
        }
        let pace =
            "\(PageText.units(spent)) \(unit) charged in \(PageText.duration(seconds: now.seconds(since: begin))), "
        guard last.left > .zero else { return pace + "and nothing is left" }
        guard let exhaustion, exhaustion < .distantFuture else {
            return pace + "\(PageText.units(last.left)) left, which lasts for decades at this pace"
        }
        var text =
            pace + "\(PageText.units(last.left)) left; at this pace until \(PageText.minute(exhaustion))"
        if let periodEnd {
            text +=
                exhaustion < periodEnd
                ? ", before the period ends on \(PageText.day(periodEnd))"
                : "; the period ends on \(PageText.day(periodEnd)), before it is used up"
        }
        return text
    }

    private var top: Int64 { max(1, points.map(\.left.thousandths).max() ?? 1) }

    private var right: Instant {
        guard let begin, let exhaustion, let first = points.first?.at else { return now }
        let span = max(60, now.seconds(since: min(begin, first)))
        return min(exhaustion, now.adding(seconds: span))
    }

    /// The plot.
    func figure() -> HTML {
        tag("figure", ["class": "plot"]) {
            svg()
            tag("figcaption") {
                tag("b", "\(site)")
                ": \(sentence)."
                if bottom(top: top) > 0 { " The axis does not begin at zero." }
            }
        }
    }

    private func svg() -> HTML {
        let first = points.first?.at ?? now
        let end = max(right, first.adding(seconds: 60))
        let x = Scale(from: Double(first.seconds), to: Double(end.seconds), start: 84, end: 588)
        let y = Scale(from: bottom(top: top), to: ceiling(top: top), start: 190, end: 14)
        let label = "What is left of the grant at \(site) in \(unit): \(sentence)"
        return tag("svg", ["viewBox": "0 -8 600 234", "role": "img", "aria-label": label]) {
            tag("title", label)
            axes(x, y, first: first, end: end)
            if !points.isEmpty {
                // An area below an axis that does not begin at zero would lie.
                if y.from == 0 {
                    tag(
                        "path",
                        [
                            "class": "area",
                            "d": steps(x, y) + " L\(x.text(Double(now.seconds))) 190 L84.0 190 Z",
                        ])
                }
                tag("path", ["class": "line", "d": steps(x, y)])
            }
            ahead(x, y)
        }
    }

    /// Where the axis begins: at zero once a fifth is gone; before that a burn-down is a line along the top edge, so the
    /// part that changes is shown larger.
    private func bottom(top: Int64) -> Double {
        let used = top - (points.last?.left.thousandths ?? top)
        guard used > 0, used < top / 5 else { return 0 }
        return max(0, Double(top - 4 * used) / Double(Amount.perUnit))
    }

    private func ceiling(top: Int64) -> Double {
        let units = Double(top) / Double(Amount.perUnit)
        return units + (units - bottom(top: top)) * 0.08
    }

    private func axes(_ x: Scale, _ y: Scale, first: Instant, end: Instant) -> HTML {
        Markup.buildArray(
            y.ticks(5).map { tick in
                tag("g") {
                    tag(
                        "line",
                        ["class": "grid", "x1": "84", "x2": "588", "y1": y.text(tick), "y2": y.text(tick)])
                    tag(
                        "text", ["x": "78", "y": Scale.text(y.at(tick) + 4), "text-anchor": "end"],
                        PageText.decimal(tick, digits: y.digits(5)))
                }
            } + [
                tag("line", ["class": "axis", "x1": "84", "x2": "588", "y1": "190", "y2": "190"]),
                tag("text", ["x": "84", "y": "211"], PageText.minute(first)),
                tag("text", ["x": "588", "y": "211", "text-anchor": "end"], PageText.minute(end)),
                tag(
                    "text", ["x": "336", "y": "223", "text-anchor": "middle", "class": "minor"],
                    "time (UTC) · \(unit) left"),
            ])
    }

    private func steps(_ x: Scale, _ y: Scale) -> String {
        guard let first = points.first else { return "" }
        func units(_ amount: Amount) -> Double { max(0, Double(amount.thousandths) / Double(Amount.perUnit)) }
        var path = "M\(x.text(Double(first.at.seconds))) \(y.text(units(first.left)))"
        // A pixel holds several steps after a year; one point a pixel is enough.
        var lastX = x.at(Double(first.at.seconds))
        for (index, point) in points.enumerated().dropFirst() {
            let at = x.at(Double(point.at.microseconds) / 1e6)
            guard at - lastX >= 0.5 || index == points.count - 1 else { continue }
            path += " H\(Scale.text(at)) V\(y.text(units(point.left)))"
            lastX = at
        }
        return path + " H\(x.text(Double(now.seconds)))"
    }

    private func ahead(_ x: Scale, _ y: Scale) -> HTML {
        guard let last = points.last, let exhaustion, right > now else { return HTML() }
        let units = Double(last.left.thousandths) / Double(Amount.perUnit)
        let share = Double(right.seconds(since: now)) / Double(max(1, exhaustion.seconds(since: now)))
        return tag("g") {
            tag(
                "path",
                [
                    "class": "ahead",
                    "d": "M\(x.text(Double(now.seconds))) \(y.text(units)) "
                        + "L\(x.text(Double(right.seconds))) \(y.text(units * max(0, 1 - share)))",
                ])
            tag(
                "text",
                ["x": x.text(Double(now.seconds)), "y": "10", "text-anchor": "middle", "class": "strong"],
                "now")
        }
    }
}
