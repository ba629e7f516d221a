public import Foundation

/// The built program, driven as its users drive it.
public struct Program: Sendable {
  /// What a run left behind.
  public struct Run: Sendable {
    public var output: String
    public var errors: String
    public var code: Int32
  }

  /// `.build/release/segq`, or what `SEGQ_PROGRAM` names.
  public static let path: String =
    ProcessInfo.processInfo.environment["SEGQ_PROGRAM"]
    ?? Golden.tests.deletingLastPathComponent().appending(path: ".build/release/segq").path

  /// A folder of its own for every test, removed with `remove(_:)`.
  public static func makeFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "segq-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  public static func remove(_ folder: URL) { try? FileManager.default.removeItem(at: folder) }

  /// A demo store of 1,000 customers, made once.
  public static let demo: String = {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "segq-demo-\(ProcessInfo.processInfo.processIdentifier)"
    ).path
    _ = try? run(["demo", folder, "--customers", "1000", "--seed", "7"])
    return folder
  }()

  /// Runs the program in `folder`, in UTC and without the user's settings.
  public static func run(
    _ arguments: [String], input: String? = nil, in folder: URL? = nil,
    environment: [String: String] = [:]
  ) throws -> Run {
    try shell(
      "exec \"$SEGQ\" \"$@\"", arguments, input: input, in: folder, environment: environment)
  }

  /// Runs a line of `bash` in which `$SEGQ` is the program.
  public static func shell(
    _ line: String, _ arguments: [String] = [], input: String? = nil, in folder: URL? = nil,
    environment: [String: String] = [:]
  ) throws -> Run {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-c", line, "bash"] + arguments
    var variables = ProcessInfo.processInfo.environment
    variables["SEGQ"] = path
    variables["TZ"] = "UTC"
    variables["XDG_CONFIG_HOME"] = "/nonexistent"
    variables["XDG_STATE_HOME"] = "/dev/null"
    variables.merge(environment) { $1 }
    process.environment = variables
    if let folder { process.currentDirectoryURL = folder }
    // Files rather than pipes: nobody has to read while the program writes.
    let scratch = try makeFolder()
    defer { remove(scratch) }
    let files = ["in", "out", "err"].map { scratch.appending(path: $0) }
    try (input ?? "").write(to: files[0], atomically: true, encoding: .utf8)
    for file in files.dropFirst() {
      try Data().write(to: file)
    }
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    let code =
      process.terminationReason == .exit
      ? process.terminationStatus : 128 + process.terminationStatus
    return Run(
      output: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self), code: code)
  }
}
