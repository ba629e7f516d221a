// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// Storage and kernels give spans of memory that they own.
let lifetimes = SwiftSetting.enableExperimentalFeature("Lifetimes")

/// One room of the program; `docs/ARCHITECTURE.md` says which two things meet in it.
func room(
  _ name: String, _ dependencies: [Target.Dependency] = [], also: [SwiftSetting] = []
) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings + also)
}

func tests(_ room: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: room + "Tests", dependencies: [.byName(name: room)] + dependencies,
    swiftSettings: settings)
}

let package = Package(
  name: "segq",
  products: [.executable(name: "segq", targets: ["segq"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    room("SegqRecords"),
    room("SegqBytes"),
    room("SegqLanguage"),
    .systemLibrary(name: "CKernels"),
    room("SegqEngine", ["SegqRecords", "CKernels"], also: [lifetimes]),
    room("SegqPlanner", ["SegqLanguage", "SegqEngine", "SegqRecords"]),
    .systemLibrary(name: "CExpat", providers: [.apt(["libexpat1-dev"])]),
    room("SegqFormats", ["SegqBytes", "SegqRecords", "CKernels", "CExpat"]),
    room("SegqCommerce", ["SegqLanguage", "SegqFormats", "SegqRecords"]),
    .systemLibrary(name: "CLibEdit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .systemLibrary(
      name: "CInflate", providers: [.apt(["zlib1g-dev", "libminizip-dev", "libzstd-dev"])]),
    room("SegqSystem", ["SegqBytes", "CLibEdit", "CPCRE2", "CInflate"]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .target(name: "CMapping", dependencies: ["CSQLite"]),
    room("SegqStore", ["SegqRecords", "SegqEngine", "SegqSystem", "CSQLite", "CMapping"]),
    room(
      "SegqShell",
      [
        "SegqRecords", "SegqBytes", "SegqLanguage", "SegqEngine", "SegqPlanner", "SegqFormats",
        "SegqCommerce", "SegqSystem", "SegqStore",
      ]),
    .executableTarget(
      name: "segq",
      dependencies: [
        "SegqShell", "SegqSystem",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings,
      // At a fixed address the loader has 44,000 places less to mend before the first line runs.
      linkerSettings: [
        .unsafeFlags(
          ["-Xclang-linker", "-no-pie"], .when(platforms: [.linux], configuration: .release))
      ]),
    .target(
      name: "SegqTestSupport", path: "Tests/SegqTestSupport", swiftSettings: settings),
    tests("SegqRecords"),
    tests("SegqLanguage", ["SegqTestSupport"]),
    tests("SegqEngine", ["SegqRecords"]),
    tests("SegqFormats", ["SegqBytes", "SegqRecords"]),
    tests("SegqCommerce", ["SegqFormats", "SegqLanguage", "SegqRecords", "SegqTestSupport"]),
    tests("SegqSystem", ["SegqBytes"]),
    tests("SegqStore", ["SegqEngine", "SegqRecords"]),
    .testTarget(
      name: "SegqTests", dependencies: ["SegqLanguage", "SegqTestSupport"], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)

// `scripts/fuzz` links libFuzzer to it, which an ordinary build has not.
if Context.environment["SEGQ_FUZZ"] != nil {
  package.targets += [
    .executableTarget(
      name: "fuzz-language",
      dependencies: ["SegqRecords", "SegqLanguage", "SegqEngine", "SegqPlanner"],
      path: "Fuzz/Language"),
    .executableTarget(
      name: "fuzz-formats",
      dependencies: ["SegqBytes", "SegqRecords", "SegqFormats", "SegqSystem"],
      path: "Fuzz/Formats"),
  ]
}

// `scripts/bench-limits` needs CRoaring, which segq does not.
if Context.environment["SEGQ_LIMITS"] != nil {
  package.targets += [
    .systemLibrary(name: "CRoaring", path: "Bench/CRoaring"),
    .executableTarget(
      name: "bench-limits", dependencies: ["SegqRecords", "SegqEngine", "CRoaring"],
      path: "Bench/Limits"),
  ]
}
