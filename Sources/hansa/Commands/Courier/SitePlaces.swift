/// How sites' folders are named on the command line.
enum SitePlaces {
    /// `user@host:/path` or `host:/path` by ssh, else a folder of this host. A path becomes part of a command at the
    /// site: it may hold only what no shell takes for more than a letter.
    static func place(_ text: String, ssh: String, rsync: Bool = false) throws -> any SitePlace {
        guard let colon = text.firstIndex(of: ":"), !text.hasPrefix("/"), !text.hasPrefix(".") else {
            return LocalPlace(folder: text)
        }
        let host = String(text[..<colon])
        let path = String(text[text.index(after: colon)...])
        let words = ssh.split(separator: " ").map(String.init)
        guard isPlain(host, besides: "@.-_"), !host.hasPrefix("-"), !path.isEmpty,
            isPlain(path, besides: "/._-~+=,%@"), !path.hasPrefix("-"), !words.isEmpty
        else {
            throw CommandError(
                .usage,
                "\"\(text)\" is no folder at a site: write user@host:/path, of letters, digits and /._-")
        }
        let remote = RemotePlace(host: host, folder: path, ssh: words)
        return rsync ? try RsyncPlace(remote) : remote
    }

    static func isPlain(_ text: String, besides: String) -> Bool {
        text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: besides.utf8.contains(byte)
            }
        }
    }
}
