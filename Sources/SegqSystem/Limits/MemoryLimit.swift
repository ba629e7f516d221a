import CLibEdit
import Glibc

/// How much memory a piece of work may bring this program to take.
///
/// Nobody counts what is allocated: who waits for the work looks now and then at what the system counts.
public struct MemoryLimit: Sendable {
  /// In bytes.
  public let bytes: Int

  public init(bytes: Int) { self.bytes = bytes }

  /// What was taken where it was too much, in bytes.
  public struct Excess: Error, Sendable {
    public let taken: Int
    public let allowed: Int
    /// Whether `ulimit -v` is what does not allow more.
    public let isOfShell: Bool
  }

  /// Nil while there is room. What was given back, but not to the system, does not count.
  func excess() -> Excess? {
    guard var use = MemoryUse.now else { return nil }
    if use.own > bytes {
      segq_give_back()
      use = MemoryUse.now ?? use
    }
    if use.own > bytes { return Excess(taken: use.own, allowed: bytes, isOfShell: false) }
    guard let space = Self.addresses, use.addresses > space - min(space / 8, 1 << 28) else {
      return nil
    }
    return Excess(taken: use.addresses, allowed: space, isOfShell: true)
  }

  /// Where addresses are scarce glibc would try in vain, at each allocation of a thread, to reserve many
  /// for it.
  static func prepare() {
    if let addresses, addresses < 8 << 30 { segq_share_memory() }
  }

  /// What `ulimit -v` allows; nil where it is not set.
  private static let addresses: Int? = {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0 else { return nil }
    return limit.rlim_cur < UInt(1) << 62 ? Int(limit.rlim_cur) : nil
  }()
}
