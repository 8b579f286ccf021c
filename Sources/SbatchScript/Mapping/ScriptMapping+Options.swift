import Federation

/// What each option means to Hansa. Options of resources are told by `readResources`.
extension ScriptMapping {
    mutating func takeDirectives() {
        var later: Set<String> = []
        for directive in script.directives.reversed() {
            guard later.insert(directive.name).inserted else {
                note(directive, .ignored, "a later line sets --\(directive.name) again")
                continue
            }
            if let option = directive.option {
                take(directive, option)
            } else {
                passOn(directive, "Hansa does not know it")
            }
        }
        batchOptions.reverse()
    }

    private mutating func take(_ directive: Directive, _ option: SbatchOption) {
        switch option {
        case .account:
            note(directive, .decided, "the budget names the account; --budget chooses one")
        case .partition, .qos:
            note(directive, .decided, "placement chooses what fits, at the site that it chooses")
        case .output, .error, .openMode:
            takeOutput(directive)
        case .jobName:
            note(directive, .mapped, "the task is called \(taskName)")
        case .parsable, .quiet, .verbose, .ignorePbs, .killOnInvalidDep, .nice, .priority, .timeMin:
            note(directive, .ignored, "says nothing about the task itself")
        case .wait:
            note(directive, .ignored, "hansa submit --wait does that")
        case .mailType, .mailUser:
            note(directive, .decided, "no site sends mail for Hansa; see hansa wait and hansa queue")
        case .acctgFreq, .profile:
            note(directive, .decided, "Hansa reads the usage itself and needs the site's own setting")
        case .getUserEnv:
            note(
                directive, .decided, "the site's agent sets the environment; #!/bin/bash -l reads the profile"
            )
        case .comment: takeComment(directive)
        case .requeue:
            note(directive, .mapped, "Hansa begins again after a node failure or a preemption")
        case .array: takeArray(directive)
        case .signal: takeSignal(directive)
        case .export: takeExport(directive)
        case .chdir: takeFolder(directive)
        case .dependency: takeDependency(directive)
        default: takeRest(directive, option)
        }
    }

    private mutating func takeRest(_ directive: Directive, _ option: SbatchOption) {
        if let (message, advice) = option.refusal {
            refuse(directive, message, advice)
        } else if option.isWordOfOneSite {
            passOnToOneSite(directive)
        } else if !SbatchOption.resources.contains(option) {
            passOn(directive, "no meaning to Hansa")
        }
    }

    /// To the batch system as it is, as one word.
    mutating func passOn(_ directive: Directive, _ reason: String) {
        let word = "--" + directive.name + (directive.value.map { "=" + $0 } ?? "")
        guard word.utf8.count <= 1024, !word.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            refuse(directive, "is too long, or has characters that no command line should carry", "delete it")
            return
        }
        guard !TaskScript.decidedOptions.contains(directive.name) else {
            refuse(directive, "Hansa decides --\(directive.name)", "delete it")
            return
        }
        batchOptions.append(word)
        note(
            directive, .passedOn,
            "\(reason): it goes to the site's Slurm as it is; other sites have no use for it")
    }

    mutating func passOnToOneSite(_ directive: Directive) {
        guard choices.sites.count == 1, let site = choices.sites.first else {
            refuse(
                directive, "means something at one site only, and none is named",
                "name it: hansa submit --sites SITE; or delete the line")
            return
        }
        passOn(directive, "a word of \(site)'s own")
    }

    private mutating func takeOutput(_ directive: Directive) {
        if directive.option == .openMode, !["a", "append", "t", "truncate"].contains(directive.value ?? "") {
            refuse(directive, "is no way to open a file", "write append or truncate, or delete the line")
            return
        }
        note(directive, .decided, "every attempt keeps its own output: hansa logs")
    }

    private mutating func takeComment(_ directive: Directive) {
        let text = Printable.text(directive.value ?? "", most: 200)
        guard !text.isEmpty else { return note(directive, .ignored, "is empty") }
        tags["comment"] = text
        note(directive, .mapped, "the tag comment")
    }

    private mutating func takeArray(_ directive: Directive) {
        do throws(ArrayIndices.Fault) {
            let indices = try ArrayIndices(directive.value ?? "")
            if indices.limit == 1, indices.values.count > 1 {
                refuse(
                    directive, "one after the other is an order, which an array of tasks does not keep",
                    "write the steps as a campaign's tasks with dependsOn; or, where each goes on from the last, "
                        + "one task with links that ends with exit 85")
                return
            }
            array = indices
            let members = indices.values.count == 1 ? "a task" : "\(indices.values.count) tasks"
            note(
                directive, .mapped,
                "\(members) with SLURM_ARRAY_TASK_ID"
                    + (indices.limit == nil
                        ? "" : "; how many run at a time is what budgets and the sites' caps allow, not %"))
        } catch {
            refuse(directive, error.message, "e.g. --array=0-15, --array=1,3,9-20:2, --array=0-99%10")
        }
    }

    private mutating func takeSignal(_ directive: Directive) {
        guard let signal = SignalRequest(directive.value ?? "") else {
            refuse(directive, "is no signal", "e.g. --signal=B:USR1@120")
            return
        }
        body.signal = signal.number
        if !signal.toScript { body.signalsChildren = true }
        signalBefore = Int64(max(1, signal.seconds))
        note(
            directive, .mapped,
            "\(SignalText.name(signal.number)) to "
                + (signal.toScript ? "the script" : "what the script has started")
                + " \(signalBefore) s before the end"
                + (signal.overlapping ? "; reservations are the site's business" : ""))
    }

    private mutating func takeFolder(_ directive: Directive) {
        let folder = directive.value ?? ""
        guard folder.hasPrefix("/"), folder.utf8.count <= 4096, !folder.contains("\0") else {
            refuse(
                directive, "begins where you stand, which no site knows",
                "write the whole path, or delete the line: a task begins in a folder of its own")
            return
        }
        body.folder = folder
        note(directive, .mapped, "the script begins there; the folder must be at the site")
    }

    private mutating func takeDependency(_ directive: Directive) {
        guard let list = DependencyList(directive.value ?? "") else {
            refuse(
                directive, "is no list of dependencies",
                "e.g. afterok:123:124; and see dependsOn of campaigns")
            return
        }
        guard let first = list.conditions.first else { return note(directive, .ignored, "waits for nothing") }
        switch first.kind {
        case .singleton:
            refuse(
                directive, "Hansa does not know which other jobs have this name",
                "submit it when they have ended, or write them as one campaign with dependsOn")
        case .afterok, .aftercorr, .afterburstbuffer:
            refuse(
                directive, "job \(first.jobs.joined(separator: ", ")) is none of Hansa's",
                "write both as tasks of one campaign: dependsOn: [NAME]")
        case .after, .afterany, .afternotok, .expand:
            refuse(
                directive,
                "Hansa's tasks wait for a good end only, and job "
                    + "\(first.jobs.joined(separator: ", ")) is none of Hansa's",
                "submit it when that one has ended; for a good end: dependsOn: [NAME] in one campaign")
        }
    }
}
