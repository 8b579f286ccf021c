import Federation
import FoundationEssentials

/// The settings of the command line tool: environment first, then the profile of the settings file.
struct ClientSettings {
    var url: String?
    var ca: String?
    var token: String?

    /// Where the settings file is: HANSA_SETTINGS, else XDG_CONFIG_HOME/hansa.yaml, else ~/.config/hansa.yaml.
    static var path: String {
        let environment = ProcessInfo.processInfo.environment
        if let path = environment["HANSA_SETTINGS"] { return path }
        let folder = environment["XDG_CONFIG_HOME"] ?? (environment["HOME"] ?? ".") + "/.config"
        return folder + "/hansa.yaml"
    }

    static func load(profile: String?) throws -> ClientSettings {
        var settings = ClientSettings()
        if FileManager.default.fileExists(atPath: path) {
            let profiles = try profiles(of: DocumentFile(path: path))
            let name = profile ?? "default"
            if let found = profiles[name] {
                settings = found
            } else if profile != nil {
                throw CommandError(
                    .settings,
                    "\(path) has no profile \(name); it has \(profiles.keys.sorted().joined(separator: ", "))"
                )
            }
        } else if let profile {
            throw CommandError(.settings, "there is no settings file \(path), so no profile \(profile)")
        }
        let environment = ProcessInfo.processInfo.environment
        settings.url = environment["HANSA_URL"] ?? settings.url
        settings.ca = environment["HANSA_CA"] ?? settings.ca
        settings.token = environment["HANSA_TOKEN"] ?? settings.token
        return settings
    }

    /// Writes a profile, the file readable by its owner only.
    static func save(_ settings: ClientSettings, profile: String) throws {
        var profiles: [String: ClientSettings] = [:]
        if FileManager.default.fileExists(atPath: path) {
            profiles = try self.profiles(of: DocumentFile(path: path))
        }
        profiles[profile] = settings
        var text = "# Written by hansa login. Holds tokens: keep it to yourself.\n"
        for (name, entry) in profiles.sorted(by: { $0.key < $1.key }) {
            text += "\"\(name)\":\n"
            for (key, value) in [("url", entry.url), ("ca", entry.ca), ("token", entry.token)] {
                if let value { text += "  \(key): \"\(value)\"\n" }
            }
        }
        try PrivateFile.write(Array(text.utf8), to: path)
    }

    private static func profiles(of file: DocumentFile) throws -> [String: ClientSettings] {
        guard let document = file.documents.first, case .object(let members) = document.value else {
            return [:]
        }
        var profiles: [String: ClientSettings] = [:]
        for (name, value) in members {
            guard case .object(let entries) = value else {
                throw CommandError(.settings, "\(file.path): the profile \(name) must have url, ca and token")
            }
            for key in entries.keys where !["url", "ca", "token"].contains(key) {
                throw CommandError(
                    .settings, "\(file.path): \(name) has the unknown key \(key); known are url, ca, token")
            }
            profiles[name] = ClientSettings(
                url: entries["url"]?.text, ca: entries["ca"]?.text, token: entries["token"]?.text)
        }
        return profiles
    }
}
