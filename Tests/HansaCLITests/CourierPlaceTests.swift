import Glibc
import Testing

@testable import hansa

/// Where a carrier goes: what stands on the command line must not become a command at a site.
@Suite struct CourierPlaceTests {
    @Test func aFolderIsOfThisHostOrOfAnother() throws {
        #expect(try SitePlaces.place("/data/mn5", ssh: "ssh") is LocalPlace)
        #expect(try SitePlaces.place("./mn5:old", ssh: "ssh") is LocalPlace)
        #expect(try SitePlaces.place("me@transfer1.example:hansa/courier", ssh: "ssh") is RemotePlace)
        #expect(try SitePlaces.place("transfer1:/gpfs/x-1/y_2", ssh: "ssh -F file") is RemotePlace)
    }

    @Test(arguments: [
        "host:/a;touch x", "host:/a b", "host:$(id)", "host:`id`", "host:/a'b", "-oProxyCommand=id:/a",
        "ho st:/a", "host:", "host:-rf", "host:/a\nb", ":/a\"",
    ]) func whatAShellWouldReadIsRefused(_ text: String) {
        #expect(throws: CommandError.self) { try SitePlaces.place(text, ssh: "ssh") }
    }

    @Test func aLocalFolderIsWrittenWholeAndListed() async throws {
        var template = Array("/tmp/hansa-place-XXXXXX".utf8CString)
        let folder = try #require(mkdtemp(&template).map { String(cString: $0) })
        let place = LocalPlace(folder: folder)
        #expect(try await place.list("inbox").isEmpty)
        try await place.write([1, 2, 3], to: "inbox/chunks/x")
        #expect(try await place.list("inbox/chunks") == [PlacedFile(name: "x", bytes: 3)])
        #expect(try await place.read("inbox/chunks/x", limit: 3) == [1, 2, 3])
        await #expect(throws: CommandError.self) { try await place.read("inbox/chunks/x", limit: 2) }
        let ran = try await place.run("echo out; exit 7")
        #expect(ran.exit == 7 && ran.output == "out\n")
        #expect(try await place.run("rm -r \(folder)").exit == 0)
    }
}
