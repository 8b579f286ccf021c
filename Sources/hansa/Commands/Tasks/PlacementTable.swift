import Federation

/// What placement says of each site, as a table.
enum PlacementTable {
    static func show(_ placement: Placement) {
        for words in placement.words { print("  \(Table.printable(words))") }
        var table = Table("SITE", "VERDICT", "PARTITION", "BUDGET", "COST AT MOST", "HELD", "WHY NOT")
        for verdict in placement.perSite {
            let isChosen = placement.choice?.site == verdict.site
            let word =
                isChosen
                ? "chosen" : verdict.isPossible ? "possible" : verdict.mayBecomePossible ? "later" : "no"
            table.add(
                verdict.site.rawValue, word, verdict.partition?.rawValue ?? "",
                verdict.budget?.rawValue ?? "",
                verdict.cost?.inWords ?? "", verdict.cost.map { "\($0.hold.units) \($0.unit)" } ?? "",
                verdict.words.joined(separator: "; "))
        }
        table.show()
    }
}
