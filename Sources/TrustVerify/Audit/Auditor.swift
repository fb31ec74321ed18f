public import OpenPGP
public import Stores
public import TrustModel

/// Finds what an administrator should know about the key layers, worst first.
public struct Auditor: Sendable {
  private let inventory: KeyInventory
  private let journal: Journal?
  private let sysroot: Sysroot
  private let now: Timestamp

  /// How long before its expiry a key is reported, in days.
  public static let expiryNotice: Int64 = 30

  /// An audit of the layers, with every key judged at the moment `now`; `journal` is asked for rotations under way.
  public init(
    _ layers: KeyLayers, journal: Journal? = nil, judge: CertificateJudge = CertificateJudge(), at now: Timestamp
  ) {
    var inventory = KeyInventory(layers)
    inventory.judge(by: judge, at: now)
    self.init(inventory, journal: journal, sysroot: layers.sysroot, at: now)
  }

  /// An audit of what was already read and judged.
  public init(_ inventory: KeyInventory, journal: Journal? = nil, sysroot: Sysroot, at now: Timestamp) {
    self.inventory = inventory
    self.journal = journal
    self.sysroot = sysroot
    self.now = now
  }

  /// Every finding: errors, then warnings, then notes, each by file.
  public var findings: [Finding] {
    var findings = DirectoryAudit(listing: inventory.listing).findings
    for key in inventory.keys {
      let record = inventory.record(of: key, at: now)
      findings += FileAudit(key: key).findings
      findings += KeyAudit(key: key, record: record, inventory: inventory, sysroot: sysroot, now: now).findings
    }
    if let journal {
      findings += RotationAudit(journal: journal, inventory: inventory, sysroot: sysroot, now: now).findings
    }
    return findings.sorted {
      $0.severity != $1.severity ? $0.severity > $1.severity : ($0.file ?? "", $0.id) < ($1.file ?? "", $1.id)
    }
  }
}
