import Federation

/// One task: where it stands, its attempts with their jobs, times and costs, what it left, and its history.
struct TaskPage {
    let detail: TaskDetailView
    /// What placement says of each site, while the task waits for one.
    let placement: Placement?

    func html() -> HTML {
        let task = detail.task
        return tag("div") {
            tag("h1", task.name)
            tag("p", ["class": "lead"]) {
                PageParts.badge(task.state.rawValue, PageParts.tone(task.state))
                " \(task.kind.rawValue) of "
                PageParts.link(["campaigns", task.campaign.rawValue], task.campaignName)
                " · \(task.partner)"
                if let workPackage = task.workPackage { " · \(workPackage)" }
                " · activity \(detail.spec.activity)"
                " · submitted \(PageText.minute(task.submittedAt))"
                if let ended = task.endedAt { ", ended \(PageText.minute(ended))" }
                if !task.languages.isEmpty { " · \(task.languages.joined(separator: ", "))" }
            }
            if let remark = task.remark { tag("p", remark) }
            summary()
            PageParts.section("What runs") { program() }
            if let placement { PageParts.section("Why it waits") { why(placement) } }
            PageParts.section("Attempts") {
                AttemptTables(task: task.id, attempts: detail.attempts).states()
            }
            if detail.attempts.contains(where: { $0.usage != nil || $0.hold != .zero || $0.charged != .zero })
            {
                PageParts.section("Usage and charges", note: "Each in its site's unit.") {
                    AttemptTables(task: task.id, attempts: detail.attempts).usage()
                }
            }
            if !results.isEmpty { PageParts.section("Result") { result() } }
            if !detail.artifacts.isEmpty { PageParts.section("Outputs") { artifacts() } }
            PageParts.section(
                "History",
                note: "Moments of a program are its site's clock, the others are when they were booked."
            ) { history() }
        }
    }

    private func summary() -> HTML {
        let task = detail.task
        let ran = detail.attempts.reduce(0) { $0 + ($1.usage?.elapsedSeconds ?? 0) }
        var items: [(label: String, value: String, unit: String)] = [
            ("Attempts", PageText.count(Int64(detail.attempts.count)), ""),
            ("Ran", PageText.duration(seconds: ran), "on its nodes"),
        ]
        if task.links > 0 { items.append(("Links of its chain", PageText.count(Int64(task.links)), "")) }
        for (unit, attempts) in Dictionary(grouping: detail.attempts, by: \.unit).sorted(by: {
            $0.key < $1.key
        })
        where attempts.contains(where: { $0.charged != .zero }) {
            items.append(("Charged", PageText.units(attempts.reduce(.zero) { $0 + $1.charged }), unit))
        }
        return PageParts.figures(items)
    }

    private func program() -> HTML {
        tag("div") {
            tag("pre") { tag("code", ([detail.spec.program] + detail.spec.arguments).joined(separator: " ")) }
            tag("p", ["class": "note"], resources(detail.spec.resources))
            if !detail.dependsOn.isEmpty {
                tag("p", ["class": "note"]) {
                    "After "
                    for (place, id) in detail.dependsOn.enumerated() {
                        if place > 0 { ", " }
                        PageParts.link(["tasks", id.description], id.description)
                    }
                }
            }
        }
    }

    /// What the program said of itself: numbers and words of its `result.json`.
    private var results: [(name: String, value: HTML)] {
        guard case .object(let members) = detail.task.result ?? .null else { return [] }
        return members.sorted { $0.key < $1.key }.prefix(32).compactMap { name, value in
            switch value {
            case .integer(let number): (name, PageParts.cell(PageText.count(number)))
            case .number(let number): (name, PageParts.cell(PageText.decimal(number, digits: 4)))
            case .string(let text): (name, PageParts.cell(String(text.prefix(200))))
            case .bool(let isTrue): (name, PageParts.cell(isTrue ? "yes" : "no"))
            default: nil
            }
        }
    }

    private func result() -> HTML {
        tag("div", ["class": "narrow"]) {
            PageParts.table("Result", heads: ["What", "Value"]) {
                for (name, value) in results {
                    tag("tr") {
                        PageParts.head { tag("code", name) }
                        value
                    }
                }
            }
        }
    }

    private func artifacts() -> HTML {
        PageParts.table("Outputs", heads: ["Name", ">Files", ">MiB", "Where", "Licence", "SHA-256"]) {
            for artifact in detail.artifacts {
                tag("tr") {
                    PageParts.head { artifact.name }
                    PageParts.number(PageText.count(Int64(artifact.files)))
                    PageParts.number(PageText.decimal(Double(artifact.bytes) / 1_048_576, digits: 2))
                    PageParts.cell(artifact.places.joined(separator: ", "))
                    PageParts.cell(artifact.licence ?? "–")
                    tag("td") { tag("code", String(artifact.sha256.prefix(16))) }
                }
            }
        }
    }

    private func why(_ placement: Placement) -> HTML {
        tag("div") {
            if !placement.words.isEmpty { tag("ul") { for words in placement.words { tag("li", words) } } }
            PageParts.table(
                "What is said of each site", heads: ["Site", "Partition", "Verdict", ">Would hold", "Unit"]
            ) {
                for verdict in placement.perSite {
                    tag("tr") {
                        PageParts.head {
                            PageParts.link(["sites", verdict.site.rawValue], verdict.site.rawValue)
                        }
                        PageParts.cell(verdict.partition?.rawValue ?? "–")
                        tag("td") {
                            if verdict.isPossible { PageParts.badge("possible", .good) }
                            verdict.words.joined(separator: "; ")
                        }
                        PageParts.number(verdict.cost.map { PageText.units($0.hold) } ?? "–")
                        PageParts.cell(verdict.cost?.unit ?? "")
                    }
                }
            }
        }
    }

    private func resources(_ resources: Resources) -> String {
        var text =
            "\(PageText.counted(resources.nodes, "node")) × \(PageText.counted(resources.ranksPerNode, "rank")), "
            + "\(PageText.counted(resources.coresPerNode, "core")) and \(PageText.count(Int64(resources.memoryMiBPerNode))) MiB a node"
        if let type = resources.deviceType { text += ", \(resources.devicesPerNode) × \(type) a node" }
        return text + ", walltime \(PageText.duration(seconds: resources.walltimeSeconds))"
    }

    private func history() -> HTML {
        PageParts.table("History", heads: ["When", "Attempt", "What happened"]) {
            for event in TaskEvents.of(detail) {
                tag("tr") {
                    PageParts.head {
                        tag("time", ["datetime": PageText.machine(event.at)], PageText.second(event.at))
                    }
                    PageParts.cell(event.attempt?.fence.description ?? "")
                    PageParts.cell(event.text)
                }
            }
        }
    }
}
