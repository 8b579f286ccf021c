extension CampaignTask.Input {
    static func read(_ name: String, _ node: DocumentNode, _ known: TemplateReader) -> CampaignTask.Input? {
        guard let folder = known.template(name, at: node) else { return nil }
        let artifacts = node.elements().compactMap(known.template)
        if artifacts.isEmpty { node.fault("names no artifact") }
        for (template, element) in zip(artifacts, node.elements()) where template.source.contains("/") {
            let parts = template.source.split(separator: "/", omittingEmptySubsequences: false)
            if parts.count != 2 || parts.contains(where: \.isEmpty) || parts[0].contains("{") {
                element.fault(
                    "\"\(template.source)\" names no artifact",
                    suggestion: "write NAME, or CAMPAIGN/NAME with the earlier campaign's name as it is")
            }
        }
        return CampaignTask.Input(folder: folder, artifacts: artifacts, path: node.path)
    }
}

extension CampaignTask.Output {
    static func read(_ name: String, _ node: DocumentNode, _ known: TemplateReader) -> CampaignTask.Output? {
        guard let template = known.template(name, at: node),
            let object = node.object(keys: ["licence", "residency"])
        else { return nil }
        let licence = object.optional("licence")?.text(most: 256)
        var site: SiteID?
        var sites: [String: SiteID] = [:]
        if let residency = object.optional("residency") {
            if case .object = residency.value {
                for (value, node) in residency.entries() ?? [] { sites[value] = node.identifier(Site.self) }
                let values = Set(template.references.flatMap { known.values($0.axis, $0.field) })
                for value in sites.keys.sorted() where !values.contains(value) {
                    residency.fault(
                        "\"\(value)\" is no value that makes \"\(name)\"",
                        suggestion: Spelling.suggestion(for: value, among: Array(values)))
                }
            } else {
                site = residency.identifier(Site.self)
            }
        }
        return CampaignTask.Output(
            name: template, licence: licence, residency: site, residencies: sites, path: node.path)
    }

    /// The site that an output made of these values stays at.
    func residency(of elements: [String]) -> SiteID? {
        elements.lazy.compactMap { residencies[$0] }.first ?? residency
    }
}
