extension TrustFolder {
  /// What lies below `private`, older layouts too; empty where there is no such folder.
  ///
  /// Nothing is moved or deleted, as docker and notary do with older layouts on every start.
  public func keyFiles(_ limits: KeyFolderLimits = KeyFolderLimits()) throws(StoreError) -> KeyFolderListing {
    var walk = KeyFolderWalk(limits: limits)
    do throws(StoreError) {
      walk.visit(try open(path).openDirectory("private"), ["private"])
    } catch .missing {
      return KeyFolderListing()
    }
    return walk.listing
  }

  /// The contents of a file of private keys, at most `limit` octets.
  ///
  /// - Throws: `StoreError`, also where a link stands on the way below the folder.
  public func secret(
    at parts: [String], limit: Int = TrustFolder.keyLimit
  ) throws(StoreError) -> SecretFile {
    var directory = try open(path)
    for part in parts.dropLast() { directory = try directory.openDirectory(part) }
    return try directory.readSecret(parts.last ?? "", limit: limit)
  }
}

/// A walk through a folder of keys, by descriptors.
private struct KeyFolderWalk {
  let limits: KeyFolderLimits
  var listing = KeyFolderListing()

  mutating func visit(_ directory: borrowing Directory, _ parts: [String]) {
    do throws(StoreError) {
      listing.folders.append(.init(parts: parts, status: try directory.status()))
      for name in try directory.names() where listing.cut == nil {
        do throws(StoreError) {
          try look(at: name, in: directory, parts)
        } catch .missing where name.unicodeScalars.contains("\u{fffd}") {
          listing.obstacles.append(.missing(directory.path + "/" + name))
        } catch .missing {
          // Gone since the names were read.
        }
      }
    } catch {
      listing.obstacles.append(error)
    }
  }

  private mutating func look(
    at name: String, in directory: borrowing Directory, _ parts: [String]
  ) throws(StoreError) {
    let status = try directory.status(of: name)
    guard status.kind == .directory else {
      guard listing.files.count < limits.files else { return end("it has more than \(limits.files) files") }
      return listing.files.append(.init(parts: parts + [name], status: status))
    }
    guard parts.count < limits.depth else { return end("it is more than \(limits.depth) folders deep") }
    guard listing.folders.count < limits.folders else { return end("it has more than \(limits.folders) folders") }
    do throws(StoreError) {
      visit(try directory.openDirectory(name), parts + [name])
    } catch {
      listing.obstacles.append(error)
    }
  }

  private mutating func end(_ reason: String) { listing.cut = listing.cut ?? reason }
}
