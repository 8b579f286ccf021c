import Coordination
import Federation
import HTTPTypes
import Hummingbird

/// The pages: each reads what it shows, then renders; nothing is changed from here but the session.
struct PageRoutes: Sendable {
    let frame: PageFrame
    let sealKeyPEM: String
    let now: @Sendable () -> Instant

    func add(to endpoints: inout Endpoints) {
        addBook(to: &endpoints)
        addLogs(to: &endpoints)
        addSigningIn(to: &endpoints)
        endpoints.on("GET /campaigns", query: ["after"]) { call in
            let member = try call.member()
            let page = try await call.coordinator.campaigns(
                after: call.query("after"), limit: 100, by: member)
            return frame.page("Campaigns", at: "/campaigns", for: member) {
                CampaignsPage(campaigns: page.items, next: page.next).html()
            }
        }
        endpoints.on("GET /campaigns/{id}") { call in
            let member = try call.member()
            let page = try await CampaignPage.read(call.coordinator, id: call.identifier(), by: member)
            return frame.page(page.campaign.name, at: "/campaigns", for: member) { page.html() }
        }
        endpoints.on("GET /tasks/{id}") { call in
            let member = try call.member()
            let detail = try await call.coordinator.task(call.task(), by: member)
            let waits = [.ready, .waiting].contains(detail.task.state)
            let placement = waits ? try await call.coordinator.why(task: detail.task.id, by: member) : nil
            return frame.page(detail.task.name, at: "/campaigns", for: member) {
                TaskPage(detail: detail, placement: placement).html()
            }
        }
    }

    private func addLogs(to endpoints: inout Endpoints) {
        endpoints.on("GET /tasks/{id}/log", query: ["fence", "wait"]) { call in
            let (task, member, coordinator) = (try call.task(), try call.member(), call.coordinator)
            let detail = try await coordinator.task(task, by: member)
            let wanted = call.query("fence").flatMap { Fence($0) } ?? detail.attempts.last?.key.fence
            guard let attempt = detail.attempts.first(where: { $0.key.fence == wanted }) else {
                throw Failure.notFound("the task has no such attempt")
            }
            let wait = try call.query("wait", within: 0...30, otherwise: 5)
            let piece = try await call.whilePresent {
                try await coordinator.log(
                    task: task, fence: attempt.key.fence, offset: -1, wait: .seconds(wait), by: member)
            }
            return frame.page("Log of \(detail.task.name)", at: "/campaigns", for: member) {
                LogPage(task: task, name: detail.task.name, attempt: attempt, piece: piece).html()
            }
        }
    }

    private func addBook(to endpoints: inout Endpoints) {
        endpoints.on("GET /") { call in
            let member = try call.member()
            let page = try await ProgrammePage.read(call.coordinator, by: member, now: now())
            return frame.page("Programme", at: "/", for: member) { page.html() }
        }
        endpoints.on("GET /sites") { call in
            let member = try call.member()
            let sites = try await call.coordinator.sites(by: member)
            return frame.page("Sites", at: "/sites", for: member) { SitesPage(sites: sites).html() }
        }
        endpoints.on("GET /sites/{id}") { call in
            let member = try call.member()
            let site = try await call.coordinator.site(call.identifier(), by: member)
            let steps = try await call.coordinator.burnDown(site: site.id, by: member)
            let end = try await call.coordinator.budgets(by: member).filter { $0.site == site.id }.map(
                \.until
            ).max()
            let burnDown = BurnDown(
                site: site.id, unit: site.unit, steps: steps, now: now(), periodEnd: end)
            let alarms = try await call.coordinator.alarms(about: site.id, by: member)
            return frame.page(site.name, at: "/sites", for: member) {
                SitePage(site: site, burnDown: burnDown, alarms: alarms).html()
            }
        }
        endpoints.on("GET /audit") { call in
            let member = try call.member()
            let page = try await AuditPage.read(call.coordinator, by: member, sealKeyPEM: sealKeyPEM)
            return frame.page("Audit", at: "/audit", for: member) { page.html() }
        }
    }

    private func addSigningIn(to endpoints: inout Endpoints) {
        endpoints.on("GET /login") { _ in
            frame.plain("Sign in") {
                tag("h1", "Sign in")
                PageFrame.howToSignIn
            }
        }
        endpoints.on("GET /login/{code}") { call in
            guard let session = try await call.coordinator.exchangeLogin(code: call.part("code")) else {
                throw Failure(
                    "gone", "this link is used up", status: 410,
                    "it was used before, or it is older than ten minutes; ask for another")
            }
            return Response(
                status: .seeOther,
                headers: [
                    .location: "/", .setCookie: SessionCookie.set(session, isSecure: true),
                    .cacheControl: "no-store",
                ])
        }
        // A form's POST, which other sites' pages cannot send with the cookie.
        endpoints.on("POST /logout") { call in
            if let session = SessionCookie.token(in: call.request.headers[values: .cookie]) {
                try await call.coordinator.endSession(token: session)
            }
            return Response(
                status: .seeOther,
                headers: [.location: "/login", .setCookie: SessionCookie.clear, .cacheControl: "no-store"])
        }
        endpoints.on("GET /style.css") { _ in
            .text(Stylesheet.text, type: "text/css; charset=utf-8", cache: "max-age=3600")
        }
        endpoints.on("GET /favicon.svg") { _ in
            .text(Stylesheet.icon, type: "image/svg+xml", cache: "max-age=86400")
        }
    }
}
