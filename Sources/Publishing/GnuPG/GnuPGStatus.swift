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

  /// Why it failed, where gpg gives a number that a person can do something about.
  ///
  /// Source: libgpg-error, err-codes.h; the code is in the low 16 bits.
  var failure: String? {
    guard let number = words("FAILURE").last?.last.flatMap({ UInt32($0) }) else { return nil }
    switch number & 0xffff {
    case 11: return "the passphrase is wrong"
    case 17: return "the secret key is not there"
    case 60, 83, 85, 86: return "there is nobody to ask for the passphrase: give it by --passphrase-fd"
    case 99, 198: return "the question for the passphrase was answered with no"
    default: return nil
    }
  }
}
