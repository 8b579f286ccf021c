import Coordination
import Federation

/// The book for an auditor: whether it balances, its blocks, its newest entries, and how to check all that without
/// trusting this program.
struct AuditPage {
    let check: LedgerCheckView
    let blocks: [BlockView]
    let entries: [EntryView]
    let sealKeyPEM: String

    /// Reads everything that the page shows.
    static func read(_ coordinator: Coordinator, by member: Principal, sealKeyPEM: String) async throws
        -> AuditPage
    {
        var blocks: [BlockView] = []
        var cursor: String?
        repeat {
            let page = try await coordinator.blocks(after: cursor, limit: 1000, by: member)
            // The newest are enough here; the API has them all.
            blocks = Array((blocks + page.items).suffix(50))
            cursor = page.next
        } while cursor != nil
        var newest = EntryFilter()
        newest.sinceBlock = blocks.last.map { max(1, $0.number - 20) }
        let entries = try await EntryList.read(coordinator, filter: newest, by: member, limit: 10_000)
        return AuditPage(
            check: try await coordinator.checkLedger(), blocks: blocks, entries: entries.suffix(200),
            sealKeyPEM: sealKeyPEM)
    }

    func html() -> HTML {
        tag("div") {
            tag("h1", "Audit")
            tag("p", ["class": "lead"]) {
                check.balanced
                    ? PageParts.badge("the book balances", .good)
                    : PageParts.badge("the book does not balance", .bad)
                " \(PageText.count(check.entries)) entries. For every budget: granted + overrun = available + held + spent + expired."
            }
            if !check.faults.isEmpty {
                tag("ul") { for fault in check.faults { tag("li", fault) } }
            }
            PageParts.section("Sums by site") { sums() }
            PageParts.section(
                "Blocks",
                note:
                    "Entries below the oldest running transaction are chained by SHA-256 and signed with the programme's Ed25519 key. The newest 50 stand here."
            ) { blockTable() }
            PageParts.section(
                "Verify it yourself", note: "With openssl and sha256sum, from the API or an export."
            ) { howTo() }
            PageParts.section("Newest entries", note: "Append-only; members stand here by pseudonym.") {
                entryTable()
            }
        }
    }

    private func sums() -> HTML {
        PageParts.table(
            "Sums by site",
            heads: [
                "Site", "Unit", ">Granted", ">Spent", ">Held", ">Available", ">Expired", ">Overrun",
                "Equation",
            ]
        ) {
            for (site, balance) in check.sites.sorted(by: { $0.key < $1.key }) {
                tag("tr") {
                    PageParts.head { site }
                    PageParts.cell(check.units[site] ?? "")
                    PageParts.balance(balance)
                    tag("td") {
                        let holds =
                            balance.granted + balance.overrun
                            == balance.available + balance.held + balance.spent + balance.expired
                        holds ? PageParts.badge("holds", .good) : PageParts.badge("does not hold", .bad)
                    }
                }
            }
            if check.sites.isEmpty { PageParts.emptyRow(9, "Nothing was granted yet.") }
        }
    }

    private func blockTable() -> HTML {
        PageParts.table("Sealed blocks", heads: [">Block", ">Entries", "Sealed", "SHA-256"]) {
            for block in blocks.reversed() {
                tag("tr") {
                    PageParts.number(String(block.number))
                    PageParts.number("\(block.firstEntry)–\(block.lastEntry)")
                    tag("td") { PageParts.time(block.sealedAt) }
                    tag("td", ["class": "hash"], block.hash)
                }
            }
            if blocks.isEmpty { PageParts.emptyRow(4, "No block was sealed yet.") }
        }
    }

    private func howTo() -> HTML {
        let number = blocks.last?.number ?? 1
        return tag("div") {
            tag("p") {
                "The programme's public key, as "
                tag("code", "programme.pub")
                ":"
            }
            tag("pre") { tag("code", sealKeyPEM) }
            tag("p") {
                "A block's hash is the SHA-256 of the previous block's hash (its 32 bytes) and the block's lines; its "
                "signature is over the hash's 64 characters. For block \(number), with a manager's or auditor's token:"
            }
            tag("pre") {
                tag(
                    "code",
                    """
                    hansa audit blocks --json > blocks.json   # previous, hash and signature of every block
                    curl -H "Authorization: Bearer $HANSA_TOKEN" $HANSA_URL/v1/ledger/blocks/\(number)/lines > lines
                    one() { jq -r ".[] | select(.number == \(number)) | .$1" blocks.json | tr -d '\\n'; }
                    { one previous | xxd -r -p; cat lines; } | sha256sum     # is the block's hash:
                    one hash | tee hash
                    one signature | base64 -d > signature
                    openssl pkeyutl -verify -pubin -inkey programme.pub -rawin -in hash -sigfile signature
                    """)
            }
            tag("p", ["class": "note"]) {
                "The newest block's hash also travels to every agent: whoever rewrites the book, even with the key, is seen "
                "by comparing."
            }
        }
    }

    private func entryTable() -> HTML {
        PageParts.table(
            "Newest 200 entries",
            heads: [
                ">Entry", "Booked", "Kind", "Budget", "Site", ">Amount", ">Released", "Unit", "Attempt", "By",
                "Reason", ">Block",
            ]
        ) {
            for entry in entries.reversed() {
                tag("tr") {
                    PageParts.number(String(entry.number))
                    tag("td") { PageParts.time(entry.bookedAt) }
                    PageParts.cell(entry.kind.rawValue)
                    PageParts.cell(entry.budget?.rawValue ?? "suspense")
                    PageParts.cell(entry.site.rawValue)
                    PageParts.number(PageText.units(entry.amount))
                    PageParts.number(PageText.units(entry.released))
                    PageParts.cell(entry.unit)
                    PageParts.cell(entry.attempt?.description ?? "")
                    PageParts.cell(entry.by?.rawValue ?? "")
                    PageParts.cell(entry.reason)
                    PageParts.number(entry.block.map(String.init) ?? "open")
                }
            }
            if entries.isEmpty { PageParts.emptyRow(12, "No entry yet.") }
        }
    }
}
