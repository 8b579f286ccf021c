import Federation

/// What became of a grant, as a bar: spent, held, what is left, and in red what was charged beyond it.
enum BalanceBar {
    static func html(_ balance: BalanceView, unit: String) -> HTML {
        let whole = Double(max(1, (balance.granted + balance.overrun).thousandths))
        let parts: [(name: StaticString, amount: Amount)] = [
            ("spent", balance.spent - balance.overrun), ("over", balance.overrun), ("held", balance.held),
        ]
        let label =
            "\(PageText.units(balance.spent)) spent, \(PageText.units(balance.held)) held and "
            + "\(PageText.units(balance.available)) available of \(PageText.units(balance.granted)) \(unit)"
        var left = 0.0
        var bars: [HTML] = []
        for part in parts where part.amount > .zero {
            let width = Double(part.amount.thousandths) / whole * 200
            bars.append(
                tag(
                    "rect",
                    [
                        "class": "\(part.name)", "x": Scale.text(left), "y": "0",
                        "width": Scale.text(max(width, 0.8)),
                        "height": "12",
                    ]))
            left += width
        }
        return tag(
            "svg",
            ["viewBox": "0 0 200 12", "preserveAspectRatio": "none", "role": "img", "aria-label": label]
        ) {
            tag("title", label)
            tag("rect", ["class": "left", "x": "0", "y": "0", "width": "200", "height": "12", "rx": "2"])
            bars
        }
    }
}
