import Foundation

/// The project as files: what the tidy tests look at.
struct Project {
    /// One file.
    struct File {
        let path: String
        let text: String
        var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    }

    /// One target of the manifest.
    struct Target {
        let name: String
        let path: String
        let imports: Set<String>
        let isTest: Bool
    }

    let root: URL
    let swiftFiles: [File]
    let targets: [Target]

    static let shared = Project()

    init() {
        root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent()
            .deletingLastPathComponent()
        let root = root
        swiftFiles = ["Sources", "daemon", "agents", "Tests"].flatMap { folder in
            Project.files(below: root.appendingPathComponent(folder), root: root, ending: ".swift")
        }
        let manifest =
            (try? String(contentsOf: root.appendingPathComponent("Package.swift"), encoding: .utf8)) ?? ""
        targets = Manifest(manifest).targets
    }

    func files(below folder: String, ending: String) -> [File] {
        Project.files(below: root.appendingPathComponent(folder), root: root, ending: ending)
    }

    static func files(below folder: URL, root: URL, ending: String) -> [File] {
        let enumerator = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var found: [File] = []
        while let url = enumerator?.nextObject() as? URL {
            guard url.path.hasSuffix(ending), let text = try? String(contentsOf: url, encoding: .utf8) else {
                continue
            }
            found.append(File(path: String(url.path.dropFirst(root.path.count + 1)), text: text))
        }
        return found.sorted { $0.path < $1.path }
    }

    func files(of target: Target) -> [File] { swiftFiles.filter { $0.path.hasPrefix(target.path + "/") } }
}
