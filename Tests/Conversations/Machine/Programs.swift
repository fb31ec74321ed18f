import TestSupport

/// The programs under test.
public enum Programs {
  /// The whole program.
  public static let keyreeve = BuiltProgram.path("keyreeve") ?? "keyreeve"
  /// The program that can only look.
  public static let keyreeveVerify = BuiltProgram.path("keyreeve-verify") ?? "keyreeve-verify"

  /// The folder that holds both.
  public static let directory = keyreeve.lastIndex(of: "/").map { String(keyreeve[..<$0]) } ?? "."
}
