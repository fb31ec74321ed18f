/// One entry of an archive: its header together with the metadata in front of it.
public struct TarEntry: Sendable, Equatable {
  /// What an entry is.
  public enum Kind: Sendable, Equatable {
    /// Something of the file system, with or without a body.
    case file, directory, symbolicLink, hardLink, characterDevice, blockDevice, fifo
  }

  /// The largest size that the octal field of a header can hold, 8 GiB - 1.
  static let octalSizeLimit: UInt64 = 0o77_777_777_777

  /// What it is.
  public let kind: Kind
  /// The path as it stands in the archive: nothing has been checked of it.
  public let path: [UInt8]
  /// Where a link leads, as it stands in the archive; empty for everything else.
  public let linkTarget: [UInt8]
  /// Octets of the body; only files have any.
  public let size: UInt64
  /// Permission bits.
  public let mode: UInt64
  /// Whose it is, when it was changed, and the number of a device.
  public let attributes: TarAttributes
  /// The extended attributes that a POSIX extended header gives it.
  public let extendedAttributes: [ExtendedAttribute]
  /// Whether it carries extended attributes or access control lists.
  public let hasAttributes: Bool

  /// An attribute beyond those of POSIX, such as a file capability.
  public struct ExtendedAttribute: Sendable, Equatable {
    /// Such as `security.capability`.
    public let name: [UInt8]
    /// Any octets.
    public let value: [UInt8]
  }

  /// An entry to be written.
  public init(_ kind: Kind = .file, path: [UInt8], linkTarget: [UInt8] = [], size: UInt64 = 0, mode: UInt64) {
    (self.kind, self.path, self.linkTarget, self.size, self.mode) = (kind, path, linkTarget, size, mode)
    (attributes, extendedAttributes, hasAttributes) = (TarAttributes(modified: 0), [], false)
  }

  /// The same entry at another place of another archive.
  public init(_ entry: TarEntry, path: [UInt8], linkTarget: [UInt8]) {
    (kind, size, mode, attributes) = (entry.kind, entry.size, entry.mode, entry.attributes)
    (self.path, self.linkTarget) = (path, linkTarget)
    (extendedAttributes, hasAttributes) = (entry.extendedAttributes, entry.hasAttributes)
  }

  /// Puts an entry together.
  ///
  /// What stands in front of the header wins over it, as every reader has it, but never changes where the body ends:
  /// a size is believed only where the header says the same or cannot hold it.
  init(_ kind: Kind, _ header: TarHeader, _ prelude: EntryPrelude) throws(ArchiveError) {
    (self.kind, mode) = (kind, header.mode)
    attributes = prelude.records?.attributes(header.attributes) ?? header.attributes
    extendedAttributes = prelude.records?.extendedAttributes ?? []
    path = prelude.records?.path ?? prelude.longPath ?? header.path
    linkTarget = prelude.records?.linkTarget ?? prelude.longLink ?? header.linkTarget
    hasAttributes = prelude.records?.hasAttributes ?? false
    size = prelude.records?.size ?? header.size
    guard size == header.size || size > Self.octalSizeLimit else {
      throw .malformed("\(shown(path)) has two different sizes")
    }
    guard size == 0 || kind == .file else {
      throw .malformed("\(shown(path)) has a body, which its kind cannot have")
    }
  }
}

/// The metadata blocks that were read in front of an entry's header.
///
/// One of each at most, and not both dialects at once: readers differ in which of two they believe.
struct EntryPrelude {
  private(set) var records: ExtendedHeader?
  private(set) var longPath: [UInt8]?
  private(set) var longLink: [UInt8]?

  var isEmpty: Bool { records == nil && longPath == nil && longLink == nil }

  mutating func add(_ kind: TarHeader.Kind, _ body: [UInt8]) throws(ArchiveError) {
    let isFirst: Bool
    switch kind {
    case .extendedHeader:
      isFirst = isEmpty
      records = try ExtendedHeader(body)
    case .longPath:
      isFirst = longPath == nil && records == nil
      longPath = try Self.text(body)
    default:
      isFirst = longLink == nil && records == nil
      longLink = try Self.text(body)
    }
    guard isFirst else { throw .malformed("an entry has two extended headers that readers may weigh differently") }
  }

  /// GNU ends the text with one zero octet, which other writers leave out.
  private static func text(_ body: [UInt8]) throws(ArchiveError) -> [UInt8] {
    let text = body.last == 0 ? Array(body.dropLast()) : body
    guard !text.isEmpty, !text.contains(0) else { throw .malformed("a long path is empty or holds a zero octet") }
    return text
  }
}
