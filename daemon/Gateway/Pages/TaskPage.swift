import Federation

/// One task: where it stands, its attempts with what they cost, and its history.
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
                if !task.languages.isEmpty { " · \(task.languages.joined(separator: ", "))" }
            }
            if let remark = task.remark { tag("p", remark) }
            PageParts.section("What runs") {
                tag("pre") {
                    tag("code", ([detail.spec.program] + detail.spec.arguments).joined(separator: " "))
                }
                tag("p", ["class": "note"], resources(detail.spec.resources))
            }
            if let placement { PageParts.section("Why it waits") { why(placement) } }
            PageParts.section("Attempts", note: "Each in its site's unit.") { attempts() }
            PageParts.section("History") { history() }
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
            "\(resources.nodes) node\(resources.nodes == 1 ? "" : "s") × \(resources.ranksPerNode) ranks, "
            + "\(resources.coresPerNode) cores and \(PageText.count(Int64(resources.memoryMiBPerNode))) MiB a node"
        if let type = resources.deviceType { text += ", \(resources.devicesPerNode) × \(type) a node" }
        return text + ", walltime \(PageText.duration(seconds: resources.walltimeSeconds))"
    }

    private func attempts() -> HTML {
        PageParts.table(
            "Attempts",
            heads: [
                "Attempt", "State", "Site", "Job", "Started", "Ended", "How", ">Held", ">Charged", "Unit",
            ]
        ) {
            for attempt in detail.attempts {
                tag("tr") {
                    PageParts.head { tag("code", attempt.key.fence.description) }
                    PageParts.cell(attempt.state.rawValue)
                    tag("td") { PageParts.link(["sites", attempt.site.rawValue], attempt.site.rawValue) }
                    PageParts.cell(attempt.job ?? "–")
                    tag("td") { PageParts.time(attempt.startedAt) }
                    tag("td") { PageParts.time(attempt.endedAt) }
                    PageParts.cell(how(attempt))
                    PageParts.number(PageText.units(attempt.hold))
                    PageParts.number(PageText.units(attempt.charged))
                    PageParts.cell(attempt.unit)
                }
            }
            if detail.attempts.isEmpty { PageParts.emptyRow(10, "No attempt yet.") }
        }
    }

    private func how(_ attempt: AttemptView) -> String {
        if let since = attempt.unreachableSince { return "site unreachable since \(PageText.minute(since))" }
        guard let end = attempt.end else { return attempt.waitingReason ?? "" }
        let word: String =
            switch end.outcome {
            case .completed: "completed"
            case .continues: "continued in the next link"
            case .cancelled: "cancelled"
            case .failed(let failure): "failed: \(failure), \(failure.inWords)"
            }
        return end.detail.isEmpty ? word : "\(word) (\(end.detail))"
    }

    private func history() -> HTML {
        PageParts.table("History", heads: ["When", "Attempt", "What happened"]) {
            for event in detail.history {
                tag("tr") {
                    tag("td", ["class": "n"], PageText.second(event.at))
                    PageParts.cell(event.attempt?.fence.description ?? "")
                    PageParts.cell(event.text)
                }
            }
            if detail.history.isEmpty { PageParts.emptyRow(3, "Nothing yet.") }
        }
    }
}
