import APIClient
import ArgumentParser
import Federation
import Wire

/// `hansa admin alarms`.
struct AdminAlarmsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alarms", abstract: "List what people should look at, newest first.")

    @OptionGroup var connection: ConnectionOptions
    @Option(help: "At most so many.") var limit = 50

    func run() async throws {
        try await connection.withClient { client in
            let alarms = try await Pages(client).all("/v1/alarms", limit: limit, of: AlarmView.self).items
            if connection.json { return try JSONOutput.show(alarms) }
            var table = Table("LAST", "ALARM", ">TIMES", "SINCE", "CLEARED", "WHAT")
            for alarm in alarms {
                table.add(
                    Figures.moment(alarm.last), alarm.name, String(alarm.count), Figures.moment(alarm.first),
                    Figures.moment(alarm.cleared), alarm.text)
            }
            table.isEmpty ? print("no alarms") : table.show()
        }
    }
}
