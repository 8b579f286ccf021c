/// A task of a campaign from what YAML or JSON said; what it leaves out comes from the campaign's defaults.
extension CampaignTask {
    /// Keys that `defaults` may have too.
    static let sharedKeys =
        [
            "kind", "activity", "workPackage", "budget", "languages", "model", "program", "environment",
            "resources",
            "stack", "sites", "priority", "retries", "links", "signalBefore", "packable", "onSilence",
            "batchOptions",
            "tags",
        ] + FailureRules.keys
    private static let keys =
        sharedKeys + ["name", "matrix", "script", "arguments", "inputs", "outputs", "dependsOn"]

    static func read(_ node: DocumentNode, defaults: DocumentObject) -> CampaignTask? {
        guard let own = node.object(keys: keys) else { return nil }
        let object = DocumentObject(own, fallback: defaults)
        let matrix = object.optional("matrix").map(MatrixAxis.read) ?? []
        let known = TemplateReader(axes: matrix)
        let name = object.required("name").flatMap(known.template)
        let kind = object.required("kind")?.choice(TaskKind.self)
        let activity = object.required("activity")?.identifier(Activity.self)
        let program = object.required("program").flatMap(known.template)
        let resources = Resources.read(object)
        let rest = readRest(object, known)
        guard let name, let kind, let activity, let program, let resources else { return nil }
        var task = rest(
            CampaignTask(
                name: name, kind: kind, activity: activity.rawValue, program: program, resources: resources))
        task.path = node.path
        task.matrix = matrix
        if !object.has("languages"), matrix.contains(where: { $0.name == "language" }) {
            task.languages = Template("{language}").map { [$0] } ?? []
        }
        if task.signalBefore >= resources.walltimeSeconds {
            (object.optional("signalBefore") ?? node).fault(
                "the signal \(task.signalBefore) s before the end comes before the start: the walltime is "
                    + "\(resources.walltimeSeconds) s")
        }
        let axes = Set(name.references.map(\.axis))
        for axis in matrix where axis.values.count > 1 && !axes.contains(axis.name) {
            own.optional("name")?.fault(
                "does not tell the tasks of the matrix apart", suggestion: "put {\(axis.name)} into it")
        }
        return task
    }

    /// Reads what has defaults, reporting faults even where something required is missing.
    private static func readRest(
        _ object: DocumentObject, _ known: TemplateReader
    ) -> (CampaignTask) -> CampaignTask {
        let workPackage = object.optional("workPackage")?.identifier(WorkPackage.self)
        let budget = object.optional("budget")?.identifier(Budget.self)
        let languages = object.optional("languages").map { readLanguages($0, known) } ?? []
        let model = object.optional("model").flatMap(known.template)
        let script = object.optional("script").flatMap(TaskScript.read)
        let options = object.optional("batchOptions")?.elements().compactMap(readBatchOption) ?? []
        let arguments = object.optional("arguments")?.list().compactMap(known.template) ?? []
        let environment = object.merged("environment").compactMapValues(known.template)
        let inputs = object.optional("inputs")?.entries()?.compactMap { Input.read($0.name, $0.node, known) }
        let outputs = object.optional("outputs")?.entries()?.compactMap {
            Output.read($0.name, $0.node, known)
        }
        let stack = object.optional("stack")?.text(most: 64)
        let sites = object.optional("sites")?.identifiers(Site.self) ?? []
        let dependsOn = object.optional("dependsOn")?.elements().compactMap(known.template) ?? []
        let priority = object.optional("priority")?.integer(in: -1000...1000) ?? 0
        let retries = object.optional("retries")?.integer(in: 0...1000) ?? 2
        let links = object.optional("links")?.integer(in: 1...10_000) ?? 1
        let signal = object.optional("signalBefore")?.seconds(in: 0...86_400)
        let packable = object.optional("packable")?.flag() ?? false
        let onSilence = object.optional("onSilence")?.choice(OnSilence.self) ?? .park
        let failureRules = FailureRules.read(object)
        let tags = object.merged("tags").compactMapValues(known.template)
        return { task in
            var task = task
            task.workPackage = workPackage
            task.budget = budget
            task.languages = languages
            task.model = model
            task.script = script
            task.batchOptions = options
            task.arguments = arguments
            task.environment = environment
            task.inputs = inputs ?? []
            task.outputs = outputs ?? []
            task.stack = stack ?? "cpu"
            task.sites = sites
            task.dependsOn = dependsOn
            task.priority = priority
            task.retries = retries
            task.links = links
            task.signalBefore =
                signal ?? (script == nil ? min(60, max(1, task.resources.walltimeSeconds / 4)) : 0)
            task.packable = packable
            task.onSilence = onSilence
            task.failureRules = failureRules
            task.tags = tags
            return task
        }
    }

    /// An option is one word that begins with two dashes; what Hansa decides itself may not be among them.
    private static func readBatchOption(_ node: DocumentNode) -> String? {
        guard let text = node.text(most: 1024) else { return nil }
        guard text.hasPrefix("--"), text.utf8.count > 3,
            !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F })
        else {
            node.fault(
                "\"\(text)\" is no option of a batch system",
                suggestion: "a long name and its value in one: --hint=nomultithread")
            return nil
        }
        let name = String(text.dropFirst(2).prefix { $0 != "=" })
        guard !TaskScript.decidedOptions.contains(name) else {
            node.fault("--\(name) is decided by Hansa", suggestion: "say it with the task's own keys")
            return nil
        }
        return text
    }

    private static func readLanguages(_ node: DocumentNode, _ known: TemplateReader) -> [Template] {
        if node.value == .string("all") { return LanguageTable.codes.compactMap { Template($0) } }
        return node.elements().compactMap { element in
            guard let template = known.template(element) else { return nil }
            guard template.references.isEmpty else { return template }
            return element.languageCode().flatMap { Template($0) }
        }
    }
}
