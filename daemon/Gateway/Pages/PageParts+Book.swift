import Federation

/// Parts that show the book.
extension PageParts {
    /// A balance's figures as cells: granted, spent, held, available, expired, overrun.
    static func balance(_ balance: BalanceView) -> HTML {
        Markup.buildArray(
            [balance.granted, balance.spent, balance.held, balance.available, balance.expired].map {
                number(PageText.units($0))
            } + [
                balance.overrun > .zero
                    ? tag("td", ["class": "n"]) { badge(PageText.units(balance.overrun), .bad) }
                    : number("0.000")
            ])
    }

    /// A row for a table that has none.
    static func emptyRow(_ columns: Int, _ words: String) -> HTML {
        tag("tr") { tag("td", ["colspan": "\(columns)"], words) }
    }

    /// An eligibility's verdict.
    static func verdict(_ word: String) -> HTML {
        switch word {
        case "allow": badge("may", .good)
        case "deny": badge("may not", .bad)
        default: badge("open: \(word)", .warn)
        }
    }
}
