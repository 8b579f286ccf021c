import Federation

/// Who may call what: every route of API and pages, in one table. A route without a line here does not exist, and a
/// line without a route fails a test. That a member sees only its own partner's tasks and figures is the use cases'
/// business, below this table.
enum AccessPolicy {
    static let table: [String: Access] = [
        // Submitting and watching
        "POST /v1/campaigns": .members([.submitter, .manager]),
        "GET /v1/campaigns": .everyMember,
        "GET /v1/campaigns/{id}": .everyMember,
        "POST /v1/campaigns/{id}/cancel": .members([.submitter, .manager]),
        "GET /v1/campaigns/{id}/artifacts": .everyMember,
        "POST /v1/quotes": .members([.submitter, .manager, .auditor]),
        "GET /v1/tasks": .everyMember,
        "GET /v1/tasks/{id}": .everyMember,
        "GET /v1/tasks/{id}/why": .everyMember,
        "GET /v1/tasks/{id}/metrics": .everyMember,
        "GET /v1/tasks/{id}/log": .everyMember,
        "POST /v1/tasks/{id}/cancel": .members([.submitter, .manager]),

        // Artifacts and the depot
        "GET /v1/artifacts/{sha256}/manifest": .everyMember,
        "GET /v1/depot/{sha256}": .agentsAndMembers(Set(Role.allCases)),
        "PUT /v1/depot/{sha256}": .agentsAndMembers([.siteAdmin, .operator, .manager]),
        "POST /v1/depot/missing": .agentsAndMembers([.siteAdmin, .operator, .manager]),

        // The book
        "GET /v1/budgets": .everyMember,
        "GET /v1/usage": .everyMember,
        "GET /v1/ledger/entries": .everyMember,
        "GET /v1/ledger/blocks": .everyMember,
        "GET /v1/ledger/blocks/{number}/lines": .overseers,
        "GET /v1/ledger/check": .everyMember,
        "GET /v1/ledger/key": .anyone,
        "POST /v1/grants": .members([.manager]),
        "POST /v1/transfers": .members([.manager]),
        "POST /v1/write-offs": .members([.manager]),

        // Programme and sites
        "GET /v1/programme": .everyMember,
        "PUT /v1/programme": .members([.manager]),
        "POST /v1/decisions": .members([.manager]),
        "GET /v1/sites": .everyMember,
        "GET /v1/sites/{id}": .everyMember,
        "PUT /v1/sites/{id}": .members([.manager]),
        "PUT /v1/sites/{id}/retirement": .members([.manager]),
        "POST /v1/sites/{id}/record": .members([.manager]),
        "POST /v1/sites/{id}/rereads": .members([.siteAdmin, .manager]),

        // Agents
        "POST /v1/enrolment-tokens": .members([.siteAdmin, .manager]),
        "POST /v1/enrolments": .ownCredential,
        "POST /v1/agent/renewals": .ownCredential,
        "POST /v1/exchange": .agents,
        "POST /v1/bundles": .members([.siteAdmin, .operator, .manager]),
        "POST /v1/agents/{id}/drain": .members([.siteAdmin, .manager]),
        "POST /v1/agents/{id}/revoke": .members([.siteAdmin, .manager]),
        "POST /v1/agents/{id}/move": .members([.manager]),
        "POST /v1/agents/{id}/waive": .members([.manager]),

        // Members and their tokens
        "GET /v1/members": .members([.operator, .manager, .auditor]),
        "POST /v1/members": .operators,
        "POST /v1/members/{id}/erase": .operators,
        "POST /v1/tokens": .everyMember,
        "DELETE /v1/tokens/{handle}": .everyMember,
        "POST /v1/login-links": .everyMember,
        "GET /v1/me": .everyMember,

        // Running it
        "GET /v1/alarms": .members([.operator, .manager, .auditor]),
        "POST /v1/alarms/{id}/clear": .operators,
        "GET /v1/version": .anyone,
        "GET /v1/openapi.yaml": .anyone,
        "GET /healthz": .anyone,
        "GET /readyz": .anyone,
        "GET /metrics": .members([.operator, .manager, .auditor]),

        // Pages
        "GET /": .everyMember,
        "GET /campaigns": .everyMember,
        "GET /campaigns/{id}": .everyMember,
        "GET /tasks/{id}": .everyMember,
        "GET /tasks/{id}/log": .everyMember,
        "GET /sites": .everyMember,
        "GET /sites/{id}": .everyMember,
        "GET /audit": .everyMember,
        "GET /login": .anyone,
        "GET /login/{code}": .ownCredential,
        "POST /logout": .anyone,
        "GET /style.css": .anyone,
        "GET /favicon.svg": .anyone,
    ]
}
