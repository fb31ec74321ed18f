import TrustModel

/// Something in an image that is allowed but worth knowing before it runs.
public struct ArchiveRemark: Sendable, Equatable {
  /// What it is.
  public enum Kind: String, Sendable, CaseIterable {
    /// Character and block devices.
    case device
    /// Named pipes.
    case fifo
    /// Files that run with their owner's or group's rights.
    case setuid
    /// Entries with extended attributes or access control lists, such as file capabilities.
    case extendedAttributes = "extended-attributes"
  }

  /// What it is.
  public let kind: Kind
  /// How many entries there are of it.
  public internal(set) var count = 0
  /// Paths of the first of them, made visible; at most `ArchiveLimits.remarkExamples`.
  public internal(set) var examples: [String] = []
}

/// Collects remarks, at most one of each kind.
struct RemarkCollector {
  private(set) var remarks: [ArchiveRemark] = []
  private let exampleLimit: Int

  init(exampleLimit: Int) {
    self.exampleLimit = exampleLimit
  }

  mutating func look(at entry: TarEntry) {
    switch entry.kind {
    case .characterDevice, .blockDevice: add(.device, entry)
    case .fifo: add(.fifo, entry)
    case .file where entry.mode & 0o6000 != 0: add(.setuid, entry)
    default: break
    }
    if entry.hasAttributes { add(.extendedAttributes, entry) }
  }

  private mutating func add(_ kind: ArchiveRemark.Kind, _ entry: TarEntry) {
    let found = remarks.firstIndex { $0.kind == kind }
    if found == nil { remarks.append(ArchiveRemark(kind: kind)) }
    let index = found ?? remarks.count - 1
    remarks[index].count += 1
    guard remarks[index].examples.count < exampleLimit else { return }
    remarks[index].examples.append(VisibleText(octets: entry.path, limit: 200).description)
  }
}
