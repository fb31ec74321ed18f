internal import TrustModel

/// One pass over the directories of a layer.
struct LayerWalk {
  let layer: Layer
  /// The only fingerprint of interest, or nil for every entry.
  let wanted: Fingerprint?

  /// Walks `root.d` and the tree below `prefix.d`.
  func run(_ sysroot: Sysroot, into listing: inout LayerListing) {
    do {
      let top = try sysroot.open(layer.directory)
      note(top, path: layer.directory, scope: nil, in: &listing)
      visit("root.d", of: top, scope: .root, into: &listing)
      do {
        let prefixes = try top.openDirectory("prefix.d")
        note(prefixes, path: layer.directory + "/prefix.d", scope: nil, in: &listing)
        try descend(prefixes, components: [], into: &listing)
      } catch {
        obstruct(error, scope: nil, in: &listing)
      }
    } catch {
      obstruct(error, scope: nil, in: &listing)
    }
  }

  private func visit(_ name: String, of parent: borrowing Directory, scope: Scope, into listing: inout LayerListing) {
    do {
      let directory = try parent.openDirectory(name)
      note(directory, path: KeyLocation.directory(of: scope, in: layer), scope: scope, in: &listing)
      if let wanted {
        record(wanted.description, of: directory, scope: scope, into: &listing)
      } else {
        for entry in try directory.names() { record(entry, of: directory, scope: scope, into: &listing) }
      }
    } catch {
      obstruct(error, scope: scope, in: &listing)
    }
  }

  /// Walks the directory of a prefix: its files are keys of that prefix, its directories are longer prefixes.
  private func descend(
    _ directory: borrowing Directory, components: [String], into listing: inout LayerListing
  ) throws(StoreError) {
    let scope = components.isEmpty ? nil : (try? Prefix(components.joined(separator: "/"))).map(Scope.prefix)
    for name in try directory.names() {
      let isNamed = Fingerprint(fileName: name) != nil && scope != nil
      let kind = try? directory.status(of: name).kind
      if let scope, kind != .directory || isNamed, wanted == nil || name == wanted?.description {
        record(name, of: directory, scope: scope, into: &listing)
      }
      guard kind == .directory else {
        if kind == .symbolicLink, !isNamed { obstructLink(name, components, listing: &listing) }
        if scope == nil, wanted == nil {
          let path = layer.directory + "/prefix.d/" + (components + [name]).joined(separator: "/")
          listing.misplaced.append(.init(path: path, kind: kind))
        }
        continue
      }
      let longer = components + [name]
      let path = layer.directory + "/prefix.d/" + longer.joined(separator: "/")
      guard longer.count <= KeyLayers.depthLimit, let prefix = try? Prefix(longer.joined(separator: "/")) else {
        listing.misplaced.append(.init(path: path, kind: kind))
        continue
      }
      do {
        let child = try directory.openDirectory(name)
        note(child, path: path, scope: .prefix(prefix), in: &listing)
        try descend(child, components: longer, into: &listing)
      } catch {
        obstruct(error, scope: .prefix(prefix), in: &listing)
      }
    }
  }

  private func record(
    _ name: String, of directory: borrowing Directory, scope: Scope, into listing: inout LayerListing
  ) {
    do {
      let status = try directory.status(of: name)
      let target = status.kind == .symbolicLink ? directory.target(ofLink: name) : nil
      listing.files.append(KeyFile(layer: layer, scope: scope, name: name, status: status, linkTarget: target))
    } catch .missing where name.unicodeScalars.contains("\u{fffd}") {
      listing.files.append(KeyFile(layer: layer, scope: scope, unreadableName: name))
    } catch {
      obstruct(error, scope: scope, in: &listing)
    }
  }

  private func note(
    _ directory: borrowing Directory, path: String, scope: Scope?, in listing: inout LayerListing
  ) {
    guard let status = try? directory.status() else { return }
    listing.directories.append(.init(layer: layer, scope: scope, path: path, status: status))
  }

  /// A link in the place of a prefix directory hides the keys and masks of that prefix.
  private func obstructLink(_ name: String, _ components: [String], listing: inout LayerListing) {
    let longer = (components + [name]).joined(separator: "/")
    guard let prefix = try? Prefix(longer) else { return }
    let path = layer.directory + "/prefix.d/" + longer
    listing.obstacles.append(.init(layer: layer, scope: .prefix(prefix), error: .symbolicLink(path)))
  }

  private func obstruct(_ error: StoreError, scope: Scope?, in listing: inout LayerListing) {
    // A directory or file that is not there hides nothing.
    if case .missing = error { return }
    listing.obstacles.append(.init(layer: layer, scope: scope, error: error))
  }
}
