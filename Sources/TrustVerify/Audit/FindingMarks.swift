internal import Crypto
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

  init(_ inventory: KeyInventory) {
    var contents: [String: String] = [:]
    var ofKeys: [Fingerprint: String] = [:]
    for key in inventory.keys {
      let status = key.file.status
      let rights = "\(status.mode) \(status.owner) \(status.group) \(status.links)"
      // Of a file without a certificate the octets are not kept; nobody sets the time of its last change of state.
      let octets = key.certificate?.octets ?? Array("\(status.size) \(status.changed) \(status.identity)".utf8)
      let text = "\(rights) \(Self.digits(octets))"
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
    return Self.digits(Array(words.joined(separator: "\n").utf8))
  }

  private static func digits(_ octets: [UInt8]) -> String {
    SHA256.hash(data: octets).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
