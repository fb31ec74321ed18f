import OpenPGP
import TestSupport
import Testing

/// Each case as gpgv, sqop and gpg through GPGME see it.
///
/// Where one of them lets through what is refused here, or the other way round, the case says why; a reason that no
/// longer applies fails as well.
@Suite("Other programs agree, or the case says why not")
struct OracleTests {
  @Test("gpgv", arguments: SignatureCase.all)
  func gpgv(shape: SignatureCase) throws {
    let accepts = try Oracles.gpgvAccepts(shape.make())
    #expect((accepts != shape.expected.isAccepted) == (shape.difference?.gpgv ?? false), "gpgv accepts: \(accepts)")
  }

  @Test("sqop", arguments: SignatureCase.all)
  func sqop(shape: SignatureCase) throws {
    let accepts = try Oracles.sqopAccepts(shape.make())
    #expect((accepts != shape.expected.isAccepted) == (shape.difference?.sqop ?? false), "sqop accepts: \(accepts)")
  }

  @Test("gpg through GPGME", arguments: SignatureCase.all)
  func secondOpinion(shape: SignatureCase) throws {
    let statuses = try Oracles.secondOpinion(shape.make())?.map(\.status) ?? []
    let accepts = !statuses.isEmpty && statuses.allSatisfy { $0 == .good }
    #expect((accepts != shape.expected.isAccepted) == (shape.difference?.gpgme ?? false), "GPGME: \(statuses)")
  }
}
