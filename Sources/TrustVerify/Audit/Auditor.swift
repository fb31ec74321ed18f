public import OpenPGP
public import Stores
public import TrustModel

/// Finds what an administrator should know about the key layers, worst first.
public struct Auditor: Sendable {
  private let inventory: KeyInventory
  private let journal: Journal?
  private let images: [ImageRecord]
  private let sysroot: Sysroot
  private let now: Timestamp

  /// How long before its expiry a key is reported, in days.
  public static let expiryNotice: Int64 = 30

  /// An audit of the layers, with every key judged at the moment `now`.
  ///
  /// `journal` is asked for rotations under way, `images` for what the keys have vouched for.
  public init(
    _ layers: KeyLayers, journal: Journal? = nil, images: [ImageRecord] = [],
    judge: CertificateJudge = CertificateJudge(), at now: Timestamp
  ) {
    var inventory = KeyInventory(layers)
    inventory.judge(by: judge, at: now)
    self.init(inventory, journal: journal, images: images, sysroot: layers.sysroot, at: now)
  }

  /// An audit of what was already read and judged.
  public init(
    _ inventory: KeyInventory, journal: Journal? = nil, images: [ImageRecord] = [], sysroot: Sysroot,
    at now: Timestamp
  ) {
    self.inventory = inventory
    (self.journal, self.images) = (journal, images)
    self.sysroot = sysroot
    self.now = now
  }

  /// Every finding: errors, then warnings, then notes, each by file.
  public var findings: [Finding] {
    let fix = FindingFix(sysroot: sysroot)
    var findings = DirectoryAudit(listing: inventory.listing, fix: fix).findings
    let keys = AuditedKeys(inventory, at: now)
    for (key, record) in keys.all {
      findings += FileAudit(key: key, others: keys, fix: fix).findings
      findings += KeyAudit(key: key, record: record, others: keys, fix: fix, now: now).findings
    }
    findings += UserIDAudit(keys: keys).findings
    findings += ScopeAudit(keys: keys, images: images, sysroot: sysroot).findings
    if let journal {
      findings += RotationAudit(journal: journal, inventory: inventory, fix: fix, now: now).findings
    }
    let marks = FindingMarks(inventory, for: findings)
    for index in findings.indices { findings[index].mark = marks.mark(of: findings[index]) }
    return findings.sorted {
      $0.severity != $1.severity ? $0.severity > $1.severity : ($0.file ?? "", $0.id) < ($1.file ?? "", $1.id)
    }
  }
}
