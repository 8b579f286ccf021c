import FoundationEssentials

/// A seed's folder on disk.
struct SeedFolder {
    var path: String

    /// Reads everything. Whatever is missing, cut or garbled is thrown.
    func evidence() throws(Unreadable) -> Evidence {
        let plan: SeedPlan = try json("plan.json")
        guard !plan.tasks.isEmpty, !plan.sites.isEmpty else {
            throw Unreadable("\(path)/plan.json", "no tasks or no sites")
        }
        guard Set(plan.tasks.map { "\($0.key) \($0.task)" }).count == plan.tasks.count else {
            throw Unreadable("\(path)/plan.json", "two tasks of one name under one key")
        }
        var accounting: [String: [AccountingRun]] = [:]
        for site in plan.sites {
            let file = "slurm/\(site.name).sacct"
            accounting[site.name] = try AccountingTable.read(text(file), path: "\(path)/\(file)")
        }
        let entries: [BookEntry] = try json("hansa/entries.json")
        let numbers = entries.map(\.number)
        guard !numbers.isEmpty, numbers == Array(1...Int64(numbers.count)) else {
            throw Unreadable("\(path)/hansa/entries.json", "not the entries 1, 2, 3 … without a gap")
        }
        return Evidence(
            plan: plan, timeline: try timeline(), runs: try runs(), accounting: accounting,
            tasks: try json("hansa/tasks.json"), attempts: try attempts(), entries: entries,
            budgets: try json("hansa/budgets.json"))
    }

    func timeline() throws(Unreadable) -> [TimelineEvent] {
        let file = "\(path)/timeline.jsonl"
        let text = try text("timeline.jsonl")
        guard text.hasSuffix("\n") else { throw Unreadable(file, "it is empty or cut") }
        var events: [TimelineEvent] = []
        for (index, line) in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            do {
                let event = try JSONDecoder().decode(TimelineEvent.self, from: Data(line.utf8))
                guard event.at > 0, event.at < 1e12 else { throw Unreadable(file, "no time") }
                events.append(event)
            } catch {
                throw Unreadable("\(file):\(index + 1)", "no event: \(error)")
            }
        }
        for needed in ["last-heal", "end"] where !events.contains(where: { $0.event == needed }) {
            throw Unreadable(file, "no event \"\(needed)\": the seed did not come to its end")
        }
        return events
    }

    private func runs() throws(Unreadable) -> [ProgramRun] {
        let folder = "\(path)/lines"
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw Unreadable(folder, "it cannot be listed")
        }
        var runs: [ProgramRun] = []
        for name in names.sorted() where name.hasSuffix(".lines") {
            runs.append(
                try LinesFile.read(name: name, path: "\(folder)/\(name)", text: text("lines/\(name)")))
        }
        guard !runs.isEmpty else { throw Unreadable(folder, "not one process wrote a line") }
        return runs
    }

    /// The attempts, alone or as what `hansa show` says of their tasks.
    private func attempts() throws(Unreadable) -> [BookAttempt] {
        struct Shown: Decodable {
            var attempts: [BookAttempt]
        }
        let file = "hansa/attempts.json"
        if let shown: [Shown] = try? json(file) { return shown.flatMap(\.attempts) }
        return try json(file)
    }

    private func json<Value: Decodable>(_ file: String) throws(Unreadable) -> Value {
        let data = Data(try text(file).utf8)
        do {
            return try JSONDecoder().decode(Value.self, from: data)
        } catch {
            throw Unreadable("\(path)/\(file)", "\(error)")
        }
    }

    private func text(_ file: String) throws(Unreadable) -> String {
        do {
            let bytes = try Data(contentsOf: URL(filePath: "\(path)/\(file)"))
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw Unreadable(file, "it is not UTF-8")
            }
            return text
        } catch {
            throw Unreadable("\(path)/\(file)", "it cannot be read: \(error)")
        }
    }
}
