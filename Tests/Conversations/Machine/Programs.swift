import Glibc

/// The programs under test, as they were built together with the tests.
public enum Programs {
  /// The directory that holds them: the one of the test program itself.
  public static let directory: String = {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    let path = String(decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }()

  /// The whole program.
  public static var keyreeve: String { directory + "/keyreeve" }
  /// The program that can only look.
  public static var keyreeveVerify: String { directory + "/keyreeve-verify" }
}
