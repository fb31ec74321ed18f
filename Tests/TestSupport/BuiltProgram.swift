import Glibc

/// The programs of this package as tests run them.
public enum BuiltProgram {
  /// Where a program is; nil where it was not built.
  ///
  /// The folder that `KEYREEVE_PROGRAMS` names comes first, as `make test` sets it to the programs that are shipped; else, and
  /// for what is not shipped, it is the one beside the tests.
  public static func path(_ name: String) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlink("/proc/self/exe", &buffer, buffer.count)
    let own = String(decoding: buffer.prefix(max(0, length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    // The tests run in a bundle that is given as an argument, or are a program of their own.
    let beside = ([own] + CommandLine.arguments).compactMap { path in
      path.lastIndex(of: "/").map { String(path[..<$0]) }
    }
    let shipped = getenv("KEYREEVE_PROGRAMS").map { String(cString: $0) }
    return ([shipped].compactMap(\.self) + beside).map { $0 + "/" + name }.first { access($0, X_OK) == 0 }
  }
}
