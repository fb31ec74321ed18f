internal import OpenPGP
internal import Stores
internal import TrustModel

/// Tells a finding from the same finding after its file has changed, so that a decision to ignore it does not outlive what it was
/// about.
///
/// Of the message all counts but what changes by itself: "expires in 12 days" is the same finding tomorrow.
struct FindingMarks {
  private let contents: [String: String]
  private let ofKeys: [Fingerprint: String]

  /// Marks for these findings: only what they are about is digested.
  init(_ inventory: KeyInventory, for findings: [Finding]) {
    let files = Set(findings.compactMap(\.file))
    let fingerprints = Set(findings.compactMap(\.fingerprint))
    var contents: [String: String] = [:]
    var ofKeys: [Fingerprint: String] = [:]
    for key in inventory.keys {
      let isConcerned = key.file.fingerprint.map { fingerprints.contains($0) } ?? false
      guard isConcerned || files.contains(key.file.path) else { continue }
      let status = key.file.status
      let rights = "\(status.mode) \(status.owner) \(status.group) \(status.links)"
      // Of a file without a certificate the octets are not kept; nobody sets the time of its last change of state.
      let octets = key.certificate?.octets ?? Array("\(status.size) \(status.changed) \(status.identity)".utf8)
      let text = "\(rights) \(Journal.digest(of: octets))"
      contents[key.file.path] = text
      // A finding about one copy of a key is often about another one as well.
      if let fingerprint = key.file.fingerprint { ofKeys[fingerprint, default: ""] += "\(key.file.path) \(text)\n" }
    }
    for directory in inventory.listing.directories {
      contents[directory.path] = "\(directory.status.mode) \(directory.status.owner) \(directory.status.group)"
    }
    (self.contents, self.ofKeys) = (contents, ofKeys)
  }

  func mark(of finding: Finding) -> String {
    let file = finding.file ?? ""
    let message = finding.id == "expiring" ? "" : finding.message
    let key = finding.fingerprint.flatMap { ofKeys[$0] } ?? ""
    let words = [finding.id, file, finding.fingerprint?.description ?? "", message, contents[file] ?? "", key]
    return Journal.digest(of: Array(words.joined(separator: "\n").utf8))
  }
}
