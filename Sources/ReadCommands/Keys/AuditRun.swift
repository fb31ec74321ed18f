internal import Stores
public import TrustModel
internal import TrustVerify

/// An audit of the machine as the commands make it: keys, log and images read, decisions to ignore applied.
public struct AuditRun {
  /// Every finding, worst first.
  public let findings: [Finding]

  /// Audits; what of log, images or decisions cannot be read is said on standard error, and the rest counts.
  public init(_ options: CommonOptions, at now: Timestamp) throws {
    let journal = Self.reading("the change log cannot be read, so rotations under way are not looked at") {
      try Journal(options.state)
    }
    let images = Self.reading("the image store cannot be read, so what keys have vouched for is not looked at") {
      try StoredImages(ImageStore(options.state), verifier: ImageVerifier(layers: options.layers)).records().records
    }
    let decisions = Self.reading("nothing is ignored") { try IgnoredFindings(options.state) }
    let auditor = Auditor(options.layers, journal: journal, images: images ?? [], at: now)
    findings = (decisions ?? IgnoredFindings()).applied(to: auditor.findings)
  }

  private static func reading<Value>(_ consequence: String, _ body: () throws -> Value) -> Value? {
    do {
      return try body()
    } catch {
      Output.complain("note: \(consequence): \(error)")
      return nil
    }
  }
}
