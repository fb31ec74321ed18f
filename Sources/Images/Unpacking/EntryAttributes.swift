internal import Archives
internal import CUnpack
internal import Glibc

/// Owner, mode, time and extended attributes that an entry gets in the end, as far as the caller may give them.
struct EntryAttributes {
  private let mode: mode_t
  private let owner: (user: uid_t, group: gid_t)?
  private let modified: timespec
  private let extended: [TarEntry.ExtendedAttribute]

  /// The attributes of an entry; what the caller may not give is counted.
  init(_ entry: TarEntry, _ rights: UnpackRights, _ leftOut: inout LeftOut) {
    // Only root's set-user-id files are another's; a directory's set-group-id bit and the sticky bit give no rights.
    let isSetuid = entry.kind == .file && entry.mode & 0o6000 != 0
    if isSetuid, !rights.isRoot { leftOut.setuid += 1 }
    let kept: UInt64 = rights.isRoot ? 0o7777 : 0o1777
    mode = mode_t(entry.mode & kept)
    owner = rights.isRoot ? (entry.attributes.owner, entry.attributes.group) : nil
    modified = timespec(tv_sec: Int(entry.attributes.modified), tv_nsec: 0)
    extended = entry.extendedAttributes.filter { attribute in
      attribute.name.starts(with: "user.".utf8)
        || rights.isRoot && attribute.name.elementsEqual("security.capability".utf8)
    }
    leftOut.attributes += entry.extendedAttributes.count - extended.count
  }

  /// Gives them to an open file or directory.
  func give(to file: CInt, _ name: [UInt8], _ leftOut: inout LeftOut) throws(ArchiveError) {
    // In this order: a change of the owner takes set-user-id bits and capabilities away.
    if let owner, fchown(file, owner.user, owner.group) != 0 { throw Self.failure(name) }
    guard fchmod(file, mode) == 0 else { throw Self.failure(name) }
    for attribute in extended where !Self.set(attribute, of: file) { leftOut.attributes += 1 }
    var times = (modified, modified)
    let result = unsafe withUnsafeBytes(of: &times) {
      unsafe futimens(file, $0.assumingMemoryBound(to: timespec.self).baseAddress)
    }
    guard result == 0 else { throw Self.failure(name) }
  }

  /// Gives them to what cannot be opened: links, which have no mode, devices and FIFOs.
  func give(to name: [UInt8], in folder: OpenFolder, isLink: Bool, _ leftOut: inout LeftOut) throws(ArchiveError) {
    leftOut.attributes += extended.count
    if let owner {
      try folder.call(name) { unsafe fchownat($0, $1, owner.user, owner.group, AT_SYMLINK_NOFOLLOW) }
    }
    if !isLink { try folder.call(name) { unsafe fchmodat($0, $1, mode, 0) } }
    var times = (modified, modified)
    try folder.call(name) { descriptor, name in
      unsafe withUnsafeBytes(of: &times) {
        unsafe utimensat(descriptor, name, $0.assumingMemoryBound(to: timespec.self).baseAddress, AT_SYMLINK_NOFOLLOW)
      }
    }
  }

  private static func set(_ attribute: TarEntry.ExtendedAttribute, of file: CInt) -> Bool {
    attribute.name.asName { name in
      unsafe attribute.value.withUnsafeBytes { unsafe kr_set_attribute(file, name, $0.baseAddress, $0.count) == 0 }
    }
  }

  private static func failure(_ name: [UInt8]) -> ArchiveError {
    .io(errno: errno, doing: "cannot unpack \(shown(name))")
  }
}
