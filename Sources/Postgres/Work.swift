/// What a session does in one go.
enum Work {
    /// Statements in pipeline mode, ended by one Sync: one round trip, one commit. None: a ping.
    case pipeline([SQL])
    /// Several statements in one text, without parameters: libpq's simple protocol.
    case script(String)
}
