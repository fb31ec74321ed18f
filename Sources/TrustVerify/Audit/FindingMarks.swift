internal import Crypto
internal import OpenPGP
internal import Stores
internal import TrustModel

/// Tells a finding from the same finding after its file has changed, so that a decision to ignore it does not outlive what it was
/// about.
///
/// The message is no part of it: "in 12 days" is the same finding tomorrow.
struct FindingMarks {
  private let contents: [String: String]

  init(_ inventory: KeyInventory) {
    var contents: [String: String] = [:]
    for key in inventory.keys {
      let status = key.file.status
      let rights = "\(status.mode) \(status.owner) \(status.group) \(status.links)"
      let octets = key.certificate?.octets ?? Array("\(status.size) \(status.modified)".utf8)
      contents[key.file.path] = "\(rights) \(Self.digits(octets))"
    }
    for directory in inventory.listing.directories {
      contents[directory.path] = "\(directory.status.mode) \(directory.status.owner) \(directory.status.group)"
    }
    self.contents = contents
  }

  func mark(of finding: Finding) -> String {
    let file = finding.file ?? ""
    let words = [finding.id, file, finding.fingerprint?.description ?? "", contents[file] ?? ""]
    return Self.digits(Array(words.joined(separator: "\n").utf8))
  }

  private static func digits(_ octets: [UInt8]) -> String {
    SHA256.hash(data: octets).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
