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
  /// Source: libgpg-error, err-codes.h and err-sources.h; the code is in the low 16 bits, a system error from 0x8000 on.
  ///
  /// - Parameter advice: what to do where nobody could be asked for the passphrase.
  func failure(
    _ what: String, unasked advice: String = "give it by --passphrase-fd N, one line"
  ) -> PublishingProblem? {
    // Signing ends with the one, making a key with the other.
    let line = words("FAILURE").last ?? words("ERROR").last { $0.first.map { $0 == "key_generate" } ?? false }
    guard let number = line?.last.flatMap({ UInt32($0) }) else { return nil }
    switch number & 0xffff {
    case 11: return PublishingProblem(.failed, "\(what): the passphrase is wrong")
    case 17: return PublishingProblem(.notFound, "\(what): the secret key is not there")
    case 60, 62, 83, 85, 86, 301, Self.noTerminal:
      return PublishingProblem(
        .declined, "\(what): the passphrase could not be asked for: \(advice)")
    case 99, 198: return PublishingProblem(.declined, "\(what): the question for the passphrase was answered with no")
    default: return nil
    }
  }

  /// ENOTTY: there is no terminal that the question could be asked on.
  private static let noTerminal: UInt32 = 0x8000 | 102
}
