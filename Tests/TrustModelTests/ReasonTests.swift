import Testing
import TrustModel

@Suite struct ReasonTests {
  @Test func `gives every reason its own exit status and word`() {
    #expect(Set(Reason.allCases.map(\.exitStatus)).count == Reason.allCases.count)
    let table: [(Reason, Int32, String)] = [
      (.accepted, 0, "accepted"), (.failed, 1, "failed"), (.usage, 2, "usage"), (.declined, 3, "declined"),
      (.findings, 4, "findings"), (.unsigned, 10, "unsigned"), (.notFound, 11, "not-found"),
      (.untrusted, 12, "untrusted"), (.disabled, 13, "disabled"), (.unfit, 14, "unfit"), (.tampered, 15, "tampered"),
      (.stale, 16, "stale"), (.mismatch, 17, "mismatch"), (.malformed, 18, "malformed"),
    ]
    for (reason, status, word) in table {
      #expect(reason.exitStatus == status)
      #expect(reason.rawValue == word)
    }
  }

  @Test func `never takes could-not-tell for accepted`() {
    let verdict = Verdict(subject: .init(file: "x"), outcome: .undetermined, message: "")
    #expect(!verdict.isAccepted)
    #expect(verdict.reason == .failed)
  }
}
