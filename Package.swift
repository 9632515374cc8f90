// swift-tools-version: 6.3
import PackageDescription

/// What every Swift target of ours is compiled with.
let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// Targets that hold no C resource: every unsafe construct in them has to be spelled `unsafe`.
let memorySafe: [SwiftSetting] = house + [.strictMemorySafety()]

let ffmpegPackages = [
    "libavformat-dev", "libavcodec-dev", "libavfilter-dev", "libswscale-dev", "libswresample-dev", "libavutil-dev",
]

/// A test target with the support that all of them share.
func tests(of name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.target(name: name), "ReelTestSupport"] + dependencies
            + (name == "ReelModel" ? [] : ["ReelModel"]),
        swiftSettings: house)
}

let package = Package(
    name: "reelgate",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "reelgate", targets: ["reelgate"]),
        .executable(name: "reelgate-media", targets: ["reelgate-media"]),
        .library(
            name: "Reelgate",
            targets: [
                "ReelModel", "ReelFormats", "ReelRules", "ReelRemote", "ReelWorker", "ReelPipeline", "ReelReport",
            ]),
    ],
    dependencies: [
        // The command line: parsing, help, completions. The standard choice, and it starts fast.
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // A library must be silent unless it is handed a logger; this is the one that all Swift servers share.
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        // Profiles and the user's configuration are YAML.
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        // The journal: SQLite with WAL, used by several processes at once.
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        // The local backend's HTTP server: streams both ways in flat memory; a clean build with it takes 25 s
        // where Hummingbird on NIO took 120 s.
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
    ],
    targets: [
        // MARK: C, and what Swift cannot say
        .systemLibrary(
            name: "CFFmpeg", pkgConfig: "libavformat",
            providers: [.apt(ffmpegPackages), .brew(["ffmpeg"])]),
        .systemLibrary(
            name: "CCurl", pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),
        .systemLibrary(
            name: "CLineEditor", pkgConfig: "libedit",
            providers: [.apt(["libedit-dev"])]),
        // Only Linux has it.
        .systemLibrary(name: "CSeccomp", pkgConfig: "libseccomp", providers: [.apt(["libseccomp-dev"])]),
        .target(name: "CCage", dependencies: [.target(name: "CSeccomp", condition: .when(platforms: [.linux]))]),
        .target(name: "CKernels"),
        .target(name: "CDescriptors"),

        // MARK: The core: values, formats, rules. No I/O.
        .target(name: "ReelModel", swiftSettings: memorySafe),
        .target(name: "ReelFormats", dependencies: ["ReelModel"], swiftSettings: memorySafe),
        .target(
            name: "ReelRules",
            dependencies: ["ReelModel", .product(name: "Yams", package: "Yams")],
            resources: [.embedInCode("Profiles"), .embedInCode("Shared")],
            swiftSettings: memorySafe),
        .target(
            name: "ReelReport", dependencies: ["ReelModel"], resources: [.embedInCode("Schema")],
            swiftSettings: memorySafe),

        // MARK: The front's side
        .target(
            name: "ReelRemote",
            dependencies: ["CCurl", "ReelModel", .product(name: "Logging", package: "swift-log")],
            swiftSettings: house),
        .target(name: "ReelWorker", dependencies: ["CDescriptors", "ReelModel"], swiftSettings: house),
        .target(
            name: "ReelPipeline",
            dependencies: [
                "ReelModel", "ReelFormats", "ReelRules", "ReelRemote", "ReelWorker",
                .product(name: "GRDB", package: "GRDB.swift"), .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: house),
        .target(
            name: "ReelLocalBackend",
            dependencies: [
                "ReelModel", "ReelFormats", "ReelRules", "ReelWorker",
                .product(name: "FlyingFox", package: "FlyingFox"), .product(name: "FlyingSocks", package: "FlyingFox"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: house),
        .executableTarget(
            name: "reelgate",
            dependencies: [
                "ReelModel", "ReelFormats", "ReelRules", "ReelRemote", "ReelWorker", "ReelPipeline", "ReelReport",
                "ReelLocalBackend", "CLineEditor",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"), .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: house),

        // MARK: The worker's side
        .target(name: "ReelMedia", dependencies: ["CFFmpeg", "ReelModel"], swiftSettings: house),
        .target(name: "ReelInspect", dependencies: ["ReelMedia", "CKernels", "ReelModel"], swiftSettings: house),
        .target(name: "ReelFit", dependencies: ["ReelMedia", "ReelModel"], swiftSettings: house),
        .target(name: "ReelRender", dependencies: ["ReelMedia", "CKernels", "ReelModel"], swiftSettings: house),
        .target(
            name: "ReelMediaService",
            dependencies: ["ReelModel", "ReelMedia", "ReelInspect", "ReelFit", "ReelRender", "ReelWorker"],
            swiftSettings: house),
        .executableTarget(
            name: "reelgate-media",
            dependencies: ["ReelMediaService", "ReelWorker", "CCage", "CDescriptors", "ReelModel"],
            swiftSettings: house),

        // MARK: Tests
        .target(name: "ReelTestSupport", dependencies: ["ReelModel"], path: "Tests/Support", swiftSettings: house),
        tests(of: "ReelModel"),
        tests(of: "ReelFormats"),
        tests(of: "ReelRules", ["ReelFormats"]),
        tests(of: "ReelReport"),
        tests(of: "ReelRemote"),
        tests(of: "ReelWorker", ["ReelMediaService"]),
        tests(of: "ReelPipeline", ["ReelRemote", "ReelWorker", "ReelLocalBackend", "ReelRules", "ReelMediaService"]),
        tests(of: "ReelLocalBackend", ["ReelRemote", "ReelWorker", "ReelMediaService"]),
        tests(of: "ReelMedia"),
        tests(of: "ReelInspect", ["CKernels", "ReelMedia", "ReelFormats", "ReelRules"]),
        tests(of: "ReelFit", ["ReelMedia"]),
        tests(of: "ReelRender", ["ReelMedia"]),
        .testTarget(
            name: "CommandTests", dependencies: ["ReelTestSupport", "ReelModel"], swiftSettings: house),
    ]
)
