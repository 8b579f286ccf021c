// swift-tools-version: 6.2
// Read top to bottom: a target may import only what stands in its dependencies (TidyTests enforces it).
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),  // SE-0335
    .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
    .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),  // SE-0461
    .treatAllWarnings(as: .error),
]
/// For modules that Swift 6.3 cannot compile as a whole, as release builds do by default: in `Gateway` its optimiser
/// ends by a signal, in `SiteAgent`, beside GRDB's Foundation, it takes C's `struct stat` for CoreFoundation's.
let fileByFile = strict + [.unsafeFlags(["-no-whole-module-optimization"], .when(configuration: .release))]
/// A release build brings Swift's runtime along: it starts in two thirds of the time, and runs at a site that has none.
/// Foundation's own libraries need each other in both directions, which takes a group. Without a list of all its
/// symbols it has less to put right when it starts, which every job does twice.
let selfContained: [LinkerSetting] = [
    .unsafeFlags(
        ["-static-stdlib"]
            + [
                "--start-group", "-lFoundation", "-lFoundationInternationalization", "-lFoundationEssentials",
                "-l_FoundationICU", "-lCoreFoundation", "-l_FoundationCShims", "-l_FoundationCollections",
                "-ldispatch", "-lBlocksRuntime", "--end-group", "-lstdc++",
                "--no-export-dynamic",
            ].flatMap { ["-Xlinker", $0] },
        .when(platforms: [.linux], configuration: .release))
]

func github(_ name: String, _ version: Version) -> Package.Dependency {
    .package(url: "https://github.com/\(name)", exact: version)
}

func product(_ name: String, _ package: String) -> Target.Dependency {
    .product(name: name, package: package)
}

let log = product("Logging", "swift-log")
let arguments = product("ArgumentParser", "swift-argument-parser")
let lifecycle = product("ServiceLifecycle", "swift-service-lifecycle")
let signals = product("UnixSignals", "swift-service-lifecycle")
let httpClient = product("AsyncHTTPClient", "async-http-client")
let nio = product("NIOCore", "swift-nio")
let nioPosix = product("NIOPosix", "swift-nio")
let nioHTTP1 = product("NIOHTTP1", "swift-nio")
let nioTLS = product("NIOTLS", "swift-nio")
let nioSSL = product("NIOSSL", "swift-nio-ssl")
let x509 = product("X509", "swift-certificates")
let asn1 = product("SwiftASN1", "swift-asn1")
let crypto = product("Crypto", "swift-crypto")
let yaml = product("Yams", "Yams")
let subprocess = product("Subprocess", "swift-subprocess")

let package = Package(
    name: "hansa",
    products: [
        .executable(name: "hansa", targets: ["hansa"]),
        .executable(name: "hansad", targets: ["hansad"]),
        .executable(name: "hansa-agent", targets: ["hansa-agent"]),
        .executable(name: "hansa-kernel", targets: ["hansa-kernel"]),
        .library(name: "hansa-loopback", type: .dynamic, targets: ["CLoopback"]),
    ],
    dependencies: [
        github("apple/swift-argument-parser", "1.8.2"),
        github("apple/swift-asn1", "1.7.4"),
        github("apple/swift-certificates", "1.21.1"),
        github("apple/swift-crypto", "4.5.2"),
        github("apple/swift-http-types", "1.8.0"),
        github("apple/swift-log", "1.16.2"),
        github("apple/swift-nio", "2.101.2"),
        github("apple/swift-nio-ssl", "2.37.6"),
        github("groue/GRDB.swift", "7.10.0"),
        github("hummingbird-project/hummingbird", "2.28.1"),
        github("jpsim/Yams", "6.2.2"),
        github("swift-server/async-http-client", "1.37.0"),
        github("swift-server/swift-service-lifecycle", "2.13.0"),
        github("swiftlang/swift-subprocess", "1.0.2"),
    ],
    targets: [
        // The rules: values and decisions, no I/O, no Foundation, no clock, no randomness.
        .target(name: "Federation", swiftSettings: strict),
        // #SBATCH scripts read and written: bytes in, decisions out, no Foundation either.
        .target(name: "SbatchScript", dependencies: ["Federation"], swiftSettings: strict),
        // What crosses a process border.
        .target(name: "Wire", dependencies: ["Federation"], swiftSettings: strict),
        .target(
            name: "APIClient",
            dependencies: ["Wire", "Federation", httpClient, nio, nioPosix, nioHTTP1, nioSSL],
            swiftSettings: strict),
        .systemLibrary(name: "CLibPQ", path: "Sources/CLibPQ", pkgConfig: "libpq"),
        .target(name: "Postgres", dependencies: ["CLibPQ"], swiftSettings: strict),
        .systemLibrary(name: "COpenSSL", path: "Sources/COpenSSL", pkgConfig: "libcrypto"),
        .target(name: "Seal", dependencies: ["COpenSSL"], swiftSettings: strict),
        .target(
            name: "Store", dependencies: ["Federation", "Postgres"], resources: [.embedInCode("Migrations")],
            swiftSettings: strict),
        .executableTarget(
            name: "hansa",
            dependencies: [
                "APIClient", "Wire", "Federation", "SbatchScript", "Seal", arguments, subprocess, yaml,
            ],
            swiftSettings: strict, linkerSettings: selfContained),

        // The coordinator.
        .target(
            name: "Coordination", dependencies: ["Federation", "Postgres", "Store", "Seal", lifecycle, log],
            path: "daemon/Coordination", swiftSettings: strict),
        .target(
            name: "Gateway",
            dependencies: [
                "Coordination", "Wire", "Federation", product("Hummingbird", "hummingbird"),
                product("HummingbirdCore", "hummingbird"), product("HTTPTypes", "swift-http-types"),
                nio, nioTLS, nioSSL, x509, asn1, crypto, lifecycle, log,
            ],
            path: "daemon/Gateway", resources: [.embedInCode("OpenAPI")], swiftSettings: fileByFile),
        .executableTarget(
            name: "hansad",
            dependencies: [
                "Coordination", "Gateway", "Store", "Postgres", "Seal", "Wire", "Federation", arguments, yaml,
                lifecycle, signals, log,
            ],
            path: "daemon/hansad", swiftSettings: strict, linkerSettings: selfContained),

        // The site.
        .target(name: "CHost", path: "agents/CHost"),
        .target(
            name: "SiteAgent",
            dependencies: [
                "APIClient", "CHost", "Wire", "Federation", "Seal", product("GRDB", "GRDB.swift"), x509, asn1,
                crypto,
                subprocess, lifecycle, log, yaml,
            ],
            path: "agents/SiteAgent", swiftSettings: fileByFile),
        .executableTarget(
            name: "hansa-agent", dependencies: ["SiteAgent", arguments, lifecycle, signals, log],
            path: "agents/hansa-agent", swiftSettings: strict, linkerSettings: selfContained),

        // Lies beside the agent's program and keeps mpirun on the loopback.
        .target(name: "CLoopback", path: "agents/CLoopback"),

        // The MPI training kernel; it knows nothing of the scheduler and speaks through files.
        .systemLibrary(
            name: "COpenMPI", path: "agents/COpenMPI",
            pkgConfig: Context.environment["MPI_PKG_CONFIG"] ?? "ompi-c"),
        .target(name: "CMPI", dependencies: ["COpenMPI"], path: "agents/CMPI"),
        .target(name: "CSimd", path: "agents/CSimd", cSettings: [.unsafeFlags(["-O2"])]),
        .target(name: "CGemm", path: "agents/CGemm", cSettings: [.unsafeFlags(["-O2"])]),
        .target(
            name: "TrainingKernel", dependencies: ["CMPI", "CSimd", "CGemm"], path: "agents/TrainingKernel",
            swiftSettings: strict),
        .executableTarget(
            name: "hansa-kernel", dependencies: ["TrainingKernel"], path: "agents/hansa-kernel",
            swiftSettings: strict),

        // Tests.
        .target(
            name: "TestKit", dependencies: ["Federation", "Postgres", "Store"], path: "Tests/TestKit",
            swiftSettings: strict
        ),
        // Measures the queue for `make bench`.
        .executableTarget(
            name: "QueueBench", dependencies: ["Federation", "Postgres", "Store", "TestKit"],
            path: "Tests/QueueBench", swiftSettings: strict),
        // Real processes, proxies and clocks of the fault drills: what the test suites and `make drills` share.
        .target(name: "DrillKit", dependencies: ["Wire"], path: "Tests/DrillKit", swiftSettings: strict),
        // `make drills`: whole deployments on real clusters under faults.
        .executableTarget(
            name: "site-drills", dependencies: ["DrillKit", "Postgres", "TestKit", "Wire"],
            path: "Tests/SiteDrills",
            swiftSettings: strict),
        .testTarget(name: "SiteDrillsTests", dependencies: ["site-drills"], swiftSettings: strict),
        // Judges what the drills left; it shares no code with what it judges.
        .target(name: "Judgement", path: "Tests/Judgement", swiftSettings: strict),
        .executableTarget(
            name: "drill-judge", dependencies: ["Judgement"], path: "Tests/DrillJudge", swiftSettings: strict),
        .testTarget(name: "JudgementTests", dependencies: ["Judgement"], swiftSettings: strict),
        .testTarget(name: "FederationTests", dependencies: ["Federation"], swiftSettings: strict),
        .testTarget(
            name: "SbatchScriptTests", dependencies: ["SbatchScript", "Federation"], exclude: ["Scripts"],
            swiftSettings: strict),
        .testTarget(name: "SimulationTests", dependencies: ["Federation"], swiftSettings: strict),
        .testTarget(name: "WireTests", dependencies: ["Wire", "Federation"], swiftSettings: strict),
        .testTarget(name: "PostgresTests", dependencies: ["Postgres", "TestKit"], swiftSettings: strict),
        .testTarget(name: "SealTests", dependencies: ["Seal"], swiftSettings: strict),
        .testTarget(
            name: "StoreTests", dependencies: ["Federation", "Postgres", "Seal", "Store", "TestKit"],
            swiftSettings: strict),
        .testTarget(
            name: "CoordinationTests",
            dependencies: [
                "Coordination", "Federation", "Postgres", "Seal", "Store", "TestKit", lifecycle, log,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "GatewayTests",
            dependencies: [
                "hansad", "Gateway", "Coordination", "Store", "Postgres", "Seal", "Wire", "Federation",
                "TestKit",
                product("Hummingbird", "hummingbird"), product("HTTPTypes", "swift-http-types"), httpClient,
                nio,
                nioPosix, nioHTTP1, nioSSL, x509, asn1, crypto, log, lifecycle, yaml,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "SiteAgentTests",
            dependencies: ["SiteAgent", "APIClient", "TestKit", "Wire", "Seal", "Federation", log],
            exclude: ["Recorded"], swiftSettings: strict),
        .testTarget(name: "TrainingKernelTests", dependencies: ["TrainingKernel"], swiftSettings: strict),
        .testTarget(
            name: "HansaCLITests", dependencies: ["hansa", "Federation", "SbatchScript", arguments],
            swiftSettings: strict),
        .testTarget(
            name: "EndToEndTests", dependencies: ["DrillKit", "Federation", "Postgres", "TestKit", "Wire"],
            swiftSettings: strict),
        .testTarget(name: "TidyTests", dependencies: ["Federation"], swiftSettings: strict),
    ]
)
