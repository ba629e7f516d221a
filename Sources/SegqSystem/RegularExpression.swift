import CPCRE2
import Glibc

/// A regular expression of PCRE2, compiled for many texts: `^\d{5}(-\d{4})?$`
///
/// Searches without regard to case (`(?-i)` turns that off), over Unicode. Safe to use from several
/// threads at once.
@safe public final class RegularExpression: @unchecked Sendable {
  /// What is wrong with a pattern, and behind how many of its bytes.
  public struct Failure: Error {
    public let message: String
    public let offset: Int
  }

  private let code: OpaquePointer

  /// Steps that one text may take; what needs more is one of the patterns that never end.
  private static let stepLimit: UInt32 = 1_000_000

  public init(_ pattern: String) throws(Failure) {
    var error: Int32 = 0
    var offset = 0
    let options = PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_MATCH_INVALID_UTF
    let bytes = Array(pattern.utf8)
    let compiled = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe pcre2_compile_8(buffer.baseAddress, buffer.count, options, &error, &offset, nil)
    }
    guard let compiled = unsafe compiled else {
      throw Failure(message: Self.message(error), offset: offset)
    }
    unsafe code = compiled
    // Without the JIT (an unusual processor) it is slower, and right all the same.
    _ = unsafe pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE))
  }

  deinit { unsafe pcre2_code_free_8(code) }

  /// Whether it fits somewhere in the text; nil where that takes too many steps.
  public func matches(_ text: ArraySlice<UInt8>) -> Bool? {
    guard let scratch = Scratch.own else { return nil }
    let result = unsafe text.withUnsafeBufferPointer { buffer in
      // An empty text has no address, which PCRE2 asks for.
      var nothing: UInt8 = 0
      return unsafe withUnsafePointer(to: &nothing) { empty in
        unsafe pcre2_match_8(
          code, buffer.baseAddress ?? empty, buffer.count, 0, 0, scratch.data, scratch.limits)
      }
    }
    if result >= 0 { return true }
    return result == PCRE2_ERROR_NOMATCH ? false : nil
  }

  private static func message(_ error: Int32) -> String {
    let text = unsafe [UInt8](unsafeUninitializedCapacity: 256) { buffer, used in
      used = Int(max(0, unsafe pcre2_get_error_message_8(error, buffer.baseAddress, buffer.count)))
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// What a match needs besides the pattern; one for each thread.
  @safe private final class Scratch {
    let data: OpaquePointer
    let limits: OpaquePointer

    private init?() {
      guard let data = unsafe pcre2_match_data_create_8(1, nil) else { return nil }
      guard let limits = unsafe pcre2_match_context_create_8(nil) else {
        unsafe pcre2_match_data_free_8(data)
        return nil
      }
      unsafe self.data = data
      unsafe self.limits = limits
      unsafe pcre2_set_match_limit_8(limits, RegularExpression.stepLimit)
    }

    deinit {
      unsafe pcre2_match_data_free_8(data)
      unsafe pcre2_match_context_free_8(limits)
    }

    /// The calling thread's.
    static var own: Scratch? {
      if let kept = unsafe pthread_getspecific(key) {
        return unsafe Unmanaged<Scratch>.fromOpaque(kept).takeUnretainedValue()
      }
      guard let new = Scratch() else { return nil }
      unsafe pthread_setspecific(key, Unmanaged.passRetained(new).toOpaque())
      return new
    }

    private static let key: pthread_key_t = {
      var key = pthread_key_t()
      unsafe pthread_key_create(&key) { kept in
        if let kept = unsafe kept { unsafe Unmanaged<Scratch>.fromOpaque(kept).release() }
      }
      return key
    }()
  }
}
