import Coordination
import Federation
import HTTPTypes
import Hummingbird
import Wire

/// Submitting, watching and cancelling campaigns.
enum CampaignRoutes {
    static func add(to endpoints: inout Endpoints) {
        endpoints.on("POST /v1/campaigns", bodyBytes: JSONLimits.submission.bytes) { call in
            let request = try await call.body(SubmitRequest.self)
            guard (1...128).contains(request.key.utf8.count) else {
                throw Failure.badRequest(
                    "key: a submission's key has 1 to 128 characters",
                    faults: [Problem.Fault(path: "key", message: "1 to 128 characters are expected here")])
            }
            let submitted = try await call.coordinator.submit(
                key: request.key, document: request.campaign, by: call.member())
            return try .json(
                SubmitAnswer(
                    campaign: submitted.campaign, tasks: submitted.tasks, isRepeat: submitted.isRepeat),
                status: submitted.isRepeat ? .ok : .created)
        }
        endpoints.on("GET /v1/campaigns", query: ["after", "limit"]) { call in
            try .page(
                try await call.coordinator.campaigns(
                    after: call.query("after"), limit: call.limit(), by: call.member()))
        }
        endpoints.on("GET /v1/campaigns/{id}") { call in
            try .json(try await call.coordinator.campaign(call.identifier(), by: call.member()))
        }
        endpoints.on("POST /v1/campaigns/{id}/cancel", remembers: true) { call in
            let tasks = try await call.coordinator.cancel(campaign: call.identifier(), by: call.member())
            return try .json(CancelAnswer(tasks: tasks))
        }
        endpoints.on("GET /v1/campaigns/{id}/artifacts", query: ["after", "limit"]) { call in
            let artifacts = try await call.coordinator.artifacts(
                campaign: call.identifier(), by: call.member())
            return try .json(Page(items: artifacts))
        }
        endpoints.on("POST /v1/quotes", bodyBytes: JSONLimits.submission.bytes) { call in
            let request = try await call.body(QuoteRequest.self)
            let quotes = try await call.coordinator.quote(document: request.campaign, by: call.member())
            return try .json(Page(items: quotes))
        }
    }
}
