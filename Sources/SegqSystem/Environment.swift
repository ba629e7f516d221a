import Glibc

/// What the surroundings say: variables, folders, the clock.
public enum Environment {
  /// A variable; nil where it is not set or empty.
  public static func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    let text = unsafe String(
      system: Array(UnsafeRawBufferPointer(start: value, count: strlen(value))))
    return text.isEmpty ? nil : text
  }

  /// What stands behind the program's name on the command line.
  public static var arguments: [String] {
    (1..<Int(max(1, CommandLine.argc))).compactMap { i in
      unsafe CommandLine.unsafeArgv[i].map { text in
        unsafe String(system: Array(UnsafeRawBufferPointer(start: text, count: strlen(text))))
      }
    }
  }

  /// Where segq keeps what it made: `~/.local/share/segq`.
  public static var dataFolder: String { folder("XDG_DATA_HOME", ".local/share") }
  /// Where the history is: `~/.local/state/segq`.
  public static var stateFolder: String { folder("XDG_STATE_HOME", ".local/state") }
  /// Where the settings are: `~/.config/segq`.
  public static var configFolder: String { folder("XDG_CONFIG_HOME", ".config") }

  /// Where what is too large for memory goes: `$TMPDIR`, or the working folder behind a ``Fence``.
  static var temporaryFolder: String {
    Fence.isRaised ? "." : variable("TMPDIR") ?? "/tmp"
  }

  private static func folder(_ name: String, _ fallback: String) -> String {
    let base = variable(name) ?? (variable("HOME") ?? "/tmp") + "/" + fallback
    return base + "/segq"
  }

  /// Seconds since 1970.
  public static var now: Int64 { Int64(time(nil)) }

  /// Nanoseconds on a clock that only goes forward.
  public static var nanoseconds: Int64 {
    var now = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &now)
    return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
  }

  /// Waits so long; false where Ctrl-C ended the wait.
  public static func pause(seconds: Int) -> Bool {
    let end = nanoseconds + Int64(seconds) * 1_000_000_000
    while !Interrupt.isRequested {
      let left = (end - nanoseconds) / 1_000_000
      guard left > 0 else { return true }
      _ = Wait.forInput(-1, milliseconds: Int(min(left, 60_000)))
      // The prompt looks at all of these anew when it comes back.
      _ = (Signals.takeResized(), Signals.takeContinued(), Signals.takeTold())
    }
    return false
  }

  /// The compiled time zone of that name (`Europe/Paris`); nil where there is none.
  public static func zoneFile(_ name: String) -> [UInt8]? {
    guard !name.hasPrefix("/"), !name.split(separator: "/").contains("..") else { return nil }
    return try? Files.readOwn("/usr/share/zoneinfo/" + name)
  }

  /// The machine's time zone, by name and file: `TZ`, else `/etc/localtime`.
  public static var machineZone: (name: String, file: [UInt8])? {
    // `:Europe/Paris` is `Europe/Paris` (POSIX).
    if let name = variable("TZ").map({ String($0.trimmingPrefix(":")) }), let file = zoneFile(name)
    {
      return (name, file)
    }
    guard let file = try? Files.readOwn("/etc/localtime") else { return nil }
    let path = Files.resolved("/etc/localtime")
    let prefix = "/usr/share/zoneinfo/"
    return (path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : "local", file)
  }
}
