internal import TrustModel

/// gpg's answers for programs: `[GNUPG:] KEYWORD words…`.
///
/// Source: GnuPG, doc/DETAILS, "Format of the --status-fd output".
struct GnuPGStatus {
  private let lines: [[Substring]]

  init(_ octets: [UInt8]) {
    lines = String(decoding: octets, as: UTF8.self).split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      return words.first == "[GNUPG:]" && words.count > 1 ? Array(words.dropFirst()) : nil
    }
  }

  /// The words behind each line of that keyword.
  func words(_ keyword: String) -> [[Substring]] {
    lines.filter { $0.first.map { $0 == keyword } ?? false }.map { Array($0.dropFirst()) }
  }

  /// Whether there was no terminal, and no other way, to ask for a passphrase.
  var wasNobodyAsked: Bool { code.map { [60, 83, 85, 86, Self.noTerminal].contains($0) } ?? false }

  /// Where a key could not be made, gpg 2.2 calls it an error and no failure.
  private var code: UInt32? {
    let made = words("ERROR").last { $0.first.map { $0 == "key_generate" } ?? false }
    return (words("FAILURE").last ?? made)?.last.flatMap { UInt32($0) }.map { $0 & 0xffff }
  }

  /// The system's ENOTTY, as libgpg-error counts it.
  private static let noTerminal: UInt32 = 0x8000 | 102

  /// Why it failed, where gpg gives a number that a person can do something about.
  ///
  /// Source: libgpg-error, err-codes.h; the code is in the low 16 bits.
  var failure: String? {
    guard let code else { return nil }
    if wasNobodyAsked {
      return "there is nobody to ask for the passphrase: give it by --passphrase-fd"
    }
    switch code {
    case 11: return "the passphrase is wrong"
    case 17: return "the secret key is not there"
    case 99, 198: return "the question for the passphrase was answered with no"
    default: return nil
    }
  }
}
