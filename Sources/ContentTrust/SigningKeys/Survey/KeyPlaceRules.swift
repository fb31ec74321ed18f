public import Stores
internal import TrustModel

/// Rules for the folders of keys, and for what in them is no key.
struct KeyPlaceRules {
  let place: KeyPlace

  func findings(_ listing: KeyFolderListing) -> [SigningKeyFinding] {
    var findings = listing.folders.compactMap { rights($0) }
    for obstacle in listing.obstacles {
      findings.append(
        SigningKeyFinding(
          "unreadable", .error, file: obstacle.path,
          "\(obstacle), so that keys in it are not seen; look at it by: "
            + ShellText.line(["ls", "-ld", place.argument(obstacle.path)])))
    }
    if let cut = listing.cut {
      let folder = place.path + "/private"
      findings.append(
        SigningKeyFinding(
          "not-all-seen", .error, file: folder, "\(VisibleText(folder)) was not looked through to its end: \(cut)"))
    }
    return findings
  }

  /// docker and notary make folders 0700, and never look at them again.
  private func rights(_ folder: KeyFolderListing.Entry) -> SigningKeyFinding? {
    let path = place.path + "/" + folder.path
    guard folder.status.mode & 0o7777 != 0o700 else { return nil }
    let isOpen = folder.status.mode & 0o077 != 0
    return SigningKeyFinding(
      "folder-mode", isOpen ? .error : .note, file: path,
      "the folder \(VisibleText(path)) has mode \(folder.status.octalMode), not 0700"
        + (isOpen ? ": other users can look into it" : ""),
      fix: ["chmod", "700", place.argument(path)])
  }

  /// A file without the ending that holds no key.
  static func stray(_ file: String) -> SigningKeyFinding {
    SigningKeyFinding(
      "stray-file", .note, file: file,
      "\(VisibleText(file)) is no file of a key; docker and notary read only those that end in .key")
  }

  /// Metadata beside the keys that cannot be read.
  static func cache(_ file: String, _ problem: String, _ repository: Repository?) -> SigningKeyFinding {
    let next = repository.map { "; what its server has is shown by: keyreeve content inspect \($0)" } ?? ""
    return SigningKeyFinding(
      "cache", .warning, file: file,
      "\(VisibleText(file)) cannot be read, so that keys for it may be shown as unused: \(problem)\(next)")
  }
}

extension FileStatus {
  /// The permission bits as `chmod` takes them: four octal digits.
  public var octalMode: String {
    let digits = String(mode & 0o7777, radix: 8)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
