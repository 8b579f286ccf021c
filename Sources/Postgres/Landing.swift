/// A flight's answer on its way to the caller: made under the session's lock, delivered outside it.
struct Landing {
    let reply: Flight.Reply
    let outcome: Result<[QueryResult], PostgresError>

    func deliver() { reply(outcome) }
}
