import Federation

/// Who must not be let in where, written out apart from the gateway's own table: a line that is loosened there by
/// mistake fails here. Every other door is open to whoever is named.
enum ClosedDoors {
    /// What is open to anybody, and to an agent too: nothing else is.
    static let open: Set<String> = [
        "GET /v1/ledger/key", "GET /v1/version", "GET /v1/openapi.yaml", "GET /healthz", "GET /readyz",
        "GET /login", "GET /login/{code}", "POST /logout", "GET /style.css", "GET /favicon.svg",
        "POST /v1/enrolments", "POST /v1/agent/renewals",
    ]

    /// What only agents may do.
    static let agentsAlone: Set<String> = ["POST /v1/exchange"]

    /// What an agent may do besides.
    static let agentsToo: Set<String> = [
        "GET /v1/depot/{sha256}", "PUT /v1/depot/{sha256}", "POST /v1/depot/missing",
    ]

    /// What moves money or rules: a manager's alone.
    private static let managers: Set<String> = [
        "POST /v1/grants", "POST /v1/transfers", "POST /v1/write-offs", "PUT /v1/programme",
        "POST /v1/decisions", "PUT /v1/sites/{id}", "PUT /v1/sites/{id}/retirement",
        "POST /v1/sites/{id}/record", "POST /v1/agents/{id}/move", "POST /v1/agents/{id}/waive",
    ]
    private static let work: Set<String> = [
        "POST /v1/campaigns", "POST /v1/campaigns/{id}/cancel", "POST /v1/tasks/{id}/cancel",
    ]
    private static let quotes: Set<String> = ["POST /v1/quotes"]
    private static let agents: Set<String> = [
        "POST /v1/enrolment-tokens", "POST /v1/agents/{id}/drain", "POST /v1/agents/{id}/revoke",
        "POST /v1/sites/{id}/rereads",
    ]
    /// What whoever carries for a courier needs.
    private static let carriers: Set<String> = [
        "POST /v1/bundles", "PUT /v1/depot/{sha256}", "POST /v1/depot/missing",
    ]
    private static let lines: Set<String> = ["GET /v1/ledger/blocks/{number}/lines"]
    private static let people: Set<String> = ["POST /v1/members", "POST /v1/members/{id}/erase"]
    private static let watch: Set<String> = ["GET /v1/members", "GET /v1/alarms", "GET /metrics"]
    private static let alarms: Set<String> = ["POST /v1/alarms/{id}/clear"]

    /// What a member with that role alone must not do.
    static func closed(to role: Role) -> Set<String> {
        switch role {
        case .manager: agentsAlone
        case .submitter:
            agentsAlone.union(managers).union(agents).union(lines).union(people).union(watch).union(alarms)
                .union(carriers)
        case .siteAdmin:
            agentsAlone.union(managers).union(work).union(quotes).union(lines).union(people).union(watch)
                .union(alarms)
        case .auditor:
            agentsAlone.union(managers).union(work).union(agents).union(people).union(alarms).union(carriers)
        case .operator:
            agentsAlone.union(managers).union(work).union(quotes).union(agents).union(lines)
        }
    }
}
