import Testing
import TrustModel

/// One shape of signature, key or file, what it must come to, and what other programs make of it.
struct SignatureCase: Sendable, CustomTestStringConvertible {
  /// What our reader and check make of a signature file.
  enum Outcome: Sendable, Equatable {
    /// One report for each signature, in the order of the file.
    case reports([SignatureReport.Status])
    /// The file is refused before any signature is looked at.
    case refusedFile

    /// Whether every signature of the file is good.
    var isAccepted: Bool {
      switch self {
      case .reports(let statuses): !statuses.isEmpty && statuses.allSatisfy { $0 == .good }
      case .refusedFile: false
      }
    }
  }

  /// The row of reference/security.md section 3.3 or the table of reference/rkt.md section 7.
  let row: String
  /// The shape in words.
  let name: String
  /// What it comes to here.
  let expected: Outcome
  /// Why another program answers otherwise; nil where all agree.
  ///
  /// Tests fail for a reason that is no longer needed.
  let difference: Difference?
  /// Makes the bytes.
  let make: @Sendable () throws -> SignedFile

  /// Which programs answer otherwise, and why that is intended.
  struct Difference: Sendable {
    var gpgv = false
    var sqop = false
    var gpgme = false
    let reason: String
  }

  init(
    _ row: String, _ name: String, _ expected: Outcome, _ difference: Difference? = nil,
    make: @escaping @Sendable () throws -> SignedFile
  ) {
    (self.row, self.name, self.expected, self.difference, self.make) = (row, name, expected, difference, make)
  }

  init(
    _ row: String, _ name: String, _ status: SignatureReport.Status, _ difference: Difference? = nil,
    make: @escaping @Sendable () throws -> SignedFile
  ) {
    self.init(row, name, .reports([status]), difference, make: make)
  }

  var testDescription: String { "\(row) \(name)" }

  /// Every case, by topic.
  static let all = good + weak + damaged + dated + kinds + primaryKeys + subkeys + userIDs + several + files
}
