import SbatchScript
import Testing

/// Values as sbatch 22.05 reads them; what it printed of each was compared by hand and by `ComparisonTests`.
@Suite struct ValueTests {
    @Test(arguments: [
        ("10", 10), ("1:70", 3), ("1:2", 2), ("1:2:3", 63), ("1-2", 1560), ("1-2:3", 1563), ("1-2:3:4", 1564),
        ("1-", 1440), ("00:00:01", 1), ("30-00", 43_200), ("1-25", 2940),
    ])
    func times(_ text: String, _ minutes: Int64) {
        #expect(TimeLimit(text) == .minutes(minutes))
    }

    @Test(arguments: ["0", "-1", "INFINITE", "infinite", "UNLIMITED", "00:00:00"])
    func timesWithoutEnd(_ text: String) { #expect(TimeLimit(text) == .unlimited) }

    @Test(arguments: ["", "1h", "1.5", "1-2:3:4:5", "1d", "1:", "+5", "a", "1-2-3", "999999999999999999"])
    func noTimes(_ text: String) { #expect(TimeLimit(text) == nil) }

    @Test(arguments: [
        ("4GB", 4096), ("4g", 4096), ("4096K", 4), ("1T", 1 << 20), ("0", 0), ("1000KB", 1), ("+3", 3),
        ("1", 1),
        ("1025K", 2),
    ])
    func sizes(_ text: String, _ mebibytes: Int) { #expect(MemorySize(text)?.mebibytes == mebibytes) }

    @Test(arguments: ["", "1.5G", "4GiB", "-1", "1P", "3B", "G", "1 G"])
    func noSizes(_ text: String) { #expect(MemorySize(text) == nil) }

    @Test func nodeCounts() {
        #expect(NodeCount("2-4")?.least == 2)
        #expect(NodeCount("2-4")?.most == 4)
        #expect(NodeCount("1k")?.least == 1024)
        for text in ["0", "4-2", "2,4", "", "=2", "1-2-3"] { #expect(NodeCount(text) == nil, "\(text)") }
    }

    @Test func signals() {
        #expect(SignalRequest("10@5")?.text == "USR1@5")
        #expect(SignalRequest("BR:10@3")?.text == "RB:USR1@3")
        #expect(SignalRequest("usr1")?.seconds == 60)
        for text in ["R:B:10@3", "XX", "B:USR1@70000", "B@30", "B:@30", "0", ""] {
            #expect(SignalRequest(text) == nil, "\(text)")
        }
    }

    @Test func dependencies() {
        for text in [
            "afterok:1", "after:12+5,afterany:3_4", "afterok:1?afternotok:2", "singleton", "expand:7",
            "aftercorr:7_*", "afterok:$previous", "",
        ] {
            #expect(DependencyList(text) != nil, "\(text)")
        }
        for text in [
            "foo:1", "afterok", "singleton:1", "afterok:1,afterany:2?afterok:3", "afterok:1,", "afterok:x",
        ] {
            #expect(DependencyList(text) == nil, "\(text)")
        }
    }

    @Test func devices() {
        #expect(DeviceCount("4")?.count == 4)
        #expect(DeviceCount("mi250:8")?.deviceType == "mi250x-gcd")
        #expect(DeviceCount("nvidia_a100_80gb:1")?.deviceType == "a100")
        for text in ["a", "x:2,y:1", "", ":2", "a:b:1"] { #expect(DeviceCount(text) == nil, "\(text)") }
        #expect(GenericResource.list("gpu")?.first?.count == 1)
        #expect(GenericResource.list("gpu:tesla:2(S:0-1)")?.first?.count == 2)
        #expect(GenericResource.list("gres/gpu=3")?.first?.count == 3)
        #expect(GenericResource.list("none")?.isEmpty == true)
        #expect(GenericResource.list("gpu:a:b:c") == nil)
    }

    @Test func exports() {
        #expect(ExportList("ALL,A=1,B='x,y',C")?.values.map(\.value) == ["1", "x,y"])
        #expect(ExportList("ALL,A=1,B='x,y',C")?.inherited == ["C"])
        #expect(ExportList("1A=2") == nil)
    }
}
