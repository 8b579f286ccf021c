import Federation
import Gateway
import Logging
import Yams

extension Settings {
    /// Reads the settings file. Throws a `StartFault` that names the file, the line and what would be right.
    static func read(path: String) throws -> Settings {
        let reader = try SettingsReader(path: path)
        try reader.allow([
            "database", "state", "people", "agents", "names", "url", "connections", "certificateDays",
            "depot",
            "tasksPerSubmission", "billingTolerancePercent", "timing", "log",
        ])
        guard let database = try reader.text("database") else {
            throw reader.fault(
                "database is missing: a libpq connection string, e.g. \"host=/run/postgresql dbname=hansa\"")
        }
        guard let state = try reader.text("state") else {
            throw reader.fault("state is missing: the folder of certificates and keys, e.g. /var/lib/hansa")
        }
        var settings = Settings(database: database, state: state)
        try settings.readAddresses(reader)
        if let names = try reader.texts("names") {
            guard !names.isEmpty else {
                throw reader.fault("names: at least one name or IPv4 address", at: "names")
            }
            settings.names = names
        }
        if let url = try reader.text("url") {
            guard url.hasPrefix("https://") else {
                throw reader.fault("url: begins with https://", at: "url")
            }
            settings.url = url.hasSuffix("/") ? String(url.dropLast()) : url
        }
        settings.connections = Int(try reader.number("connections", 2...1000) ?? 8)
        settings.certificateDays = Int(try reader.number("certificateDays", 1...3650) ?? 30)
        settings.tasksPerSubmission = Int(
            try reader.number("tasksPerSubmission", 1...10_000_000) ?? 1_000_000)
        if let percent = try reader.number("billingTolerancePercent", 0...1_000_000) {
            settings.timing.exchange.billingTolerancePercent = percent
        }
        if let depot = try reader.section("depot", allowing: ["folder", "gibibytes"]) {
            settings.depotFolder = try depot.text("folder") ?? settings.depotFolder
            settings.depotGiB = Int(try depot.number("gibibytes", 0...(1 << 20)) ?? 64)
        }
        if let timing = try reader.section("timing", allowing: Timing.keys) {
            try settings.timing.read(timing)
        }
        if let log = try reader.section("log", allowing: ["form", "level"]) {
            settings.logForm = try log.word("form", of: LogForm.self) ?? .text
            settings.logLevel = try log.word("level", of: Logger.Level.self) ?? .info
        }
        return settings
    }

    private mutating func readAddresses(_ reader: SettingsReader) throws {
        if let section = try reader.section("people", allowing: ["address", "port", "certificate", "key"]) {
            people.host = try section.text("address") ?? people.host
            people.port = Int(try section.number("port", 0...65535) ?? Int64(people.port))
            switch (try section.text("certificate"), try section.text("key")) {
            case (let chain?, let key?): peopleCertificate = (chain, key)
            case (nil, nil): break
            default: throw section.fault("certificate and key come together, or not at all")
            }
        }
        if let section = try reader.section("agents", allowing: ["address", "port"]) {
            agents.host = try section.text("address") ?? agents.host
            agents.port = Int(try section.number("port", 0...65535) ?? Int64(agents.port))
        }
    }
}

extension Settings.Timing {
    static let keys: Set<String> = [
        "offerSeconds", "courierOfferSeconds", "acceptedSilenceSeconds", "mustStartSeconds",
        "clockSkewSeconds", "silenceSeconds",
        "reReadSeconds", "reReadRepeatSeconds", "backOffSeconds", "maximumBackOffSeconds", "pollSeconds",
        "leaseSeconds",
        "placementMilliseconds", "sweepMilliseconds", "sealMilliseconds", "auditSeconds",
    ]

    mutating func read(_ section: SettingsReader) throws {
        let year: ClosedRange<Int64> = 1...31_536_000
        func take(_ name: String, into value: inout Int64, _ bounds: ClosedRange<Int64>) throws {
            if let number = try section.number(name, bounds) { value = number }
        }
        try take("offerSeconds", into: &exchange.offerSeconds, year)
        try take("courierOfferSeconds", into: &exchange.courierOfferSeconds, year)
        try take("acceptedSilenceSeconds", into: &exchange.acceptedSilenceSeconds, year)
        try take("mustStartSeconds", into: &exchange.mustStartSeconds, year)
        try take("clockSkewSeconds", into: &exchange.clockSkewSeconds, 0...86_400)
        try take("silenceSeconds", into: &exchange.silenceSeconds, year)
        try take("backOffSeconds", into: &exchange.backOffSeconds, year)
        try take("maximumBackOffSeconds", into: &exchange.maximumBackOffSeconds, year)
        if let times = try section.numbers("reReadSeconds", year) { exchange.reReadSeconds = times }
        try take("reReadRepeatSeconds", into: &exchange.reReadRepeatSeconds, year)
        try take("pollSeconds", into: &pollSeconds, 1...120)
        try take("leaseSeconds", into: &leaseSeconds, 1...3600)
        try take("placementMilliseconds", into: &placementMilliseconds, 10...60_000)
        try take("sweepMilliseconds", into: &sweepMilliseconds, 10...600_000)
        try take("sealMilliseconds", into: &sealMilliseconds, 10...3_600_000)
        try take("auditSeconds", into: &auditSeconds, 1...86_400)
    }
}
