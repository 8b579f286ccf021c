import Federation
import HTTPTypes
import Hummingbird
import Logging
import Wire

/// Around every request: turns failures into problems (or pages), numbers and logs the request, counts it, and sets
/// the headers that every answer has.
struct Envelope: RouterMiddleware {
    let endpoints: Endpoints
    let metrics: RequestMetrics
    let pages: PageFrame

    func handle(
        _ request: Request, context: GatewayContext,
        next: @concurrent (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            response = answer(to: error, request, context)
        }
        response.headers[Envelope.requestHeader] = context.number
        response.headers[.xContentTypeOptions] = "nosniff"
        let elapsed = ContinuousClock.now - start
        let route = route(context, method: request.method)
        metrics.count(route: route, status: response.status.code, elapsed: elapsed)
        log(request, context, route: route, status: response.status.code, elapsed: elapsed)
        return response
    }

    private func answer(to error: any Error, _ request: Request, _ context: GatewayContext) -> Response {
        var failure = Failure(error, request: request)
        if context.endpointPath == "NotFound", failure.problem.status == 404 {
            let methods = endpoints.methods(for: request.uri.path)
            if !methods.isEmpty {
                failure = .methodNotAllowed(request.method.rawValue, allowed: methods)
            } else {
                failure = .notFound("there is nothing at this path; /v1/openapi.yaml lists what there is")
            }
        }
        if failure.problem.status == 500 {
            context.logger.error("request failed", metadata: ["error": "\(error)"])
        }
        failure.problem.instance = context.number
        return Endpoint.isPage(request.uri.path) ? pages.failure(failure) : .problem(failure)
    }

    /// The route's name, never the path as it came: that may hold a one-time code.
    private func route(_ context: GatewayContext, method: HTTPRequest.Method) -> String {
        let path = context.endpointPath ?? "NotFound"
        // Methods can be any word; only known ones may become labels.
        let known: Set<HTTPRequest.Method> = [.get, .put, .post, .delete, .head, .options, .patch]
        return "\(known.contains(method) ? method.rawValue : "OTHER") \(path == "NotFound" ? "(none)" : path)"
    }

    private func log(
        _ request: Request, _ context: GatewayContext, route: String, status: Int, elapsed: Duration
    ) {
        let milliseconds =
            elapsed.components.seconds * 1000 + elapsed.components.attoseconds / 1_000_000_000_000_000
        context.logger.log(
            level: status >= 500 ? .warning : .info, "request",
            metadata: [
                "route": "\(route)", "status": "\(status)", "ms": "\(milliseconds)",
                "from": "\(context.address)",
                "caller": "\(context.who.name)",
            ])
    }

    private static let requestHeader: HTTPField.Name = HTTPField.Name(WireHeader.request) ?? .contentLocation
}
