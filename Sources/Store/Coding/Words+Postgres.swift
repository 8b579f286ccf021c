public import Federation
public import Postgres

// The words of the rules are stored as they are; a column's CHECK knows them too.
extension TaskState: PostgresEncodable, PostgresDecodable {}
extension TaskKind: PostgresEncodable, PostgresDecodable {}
extension AttemptState: PostgresEncodable, PostgresDecodable {}
extension FailureClass: PostgresEncodable, PostgresDecodable {}
extension OnSilence: PostgresEncodable, PostgresDecodable {}
extension AgentMode: PostgresEncodable, PostgresDecodable {}
extension Role: PostgresEncodable, PostgresDecodable {}
extension LedgerEntry.Kind: PostgresEncodable, PostgresDecodable {}
