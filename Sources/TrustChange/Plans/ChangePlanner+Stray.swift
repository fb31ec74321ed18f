internal import Stores
internal import TrustModel

extension ChangePlanner {
  /// Takes a file out of the administrator layer that is no key's; the log keeps what it held, so that undo puts it back.
  ///
  /// `file` is absolute, without the sysroot, as in a finding.
  ///
  /// - Throws: `ChangeError` where there is no such file, it belongs to a key or to the distribution, or is no regular
  ///   file of at most `Store.fileLimit` octets.
  public func remove(strayFile file: String) throws(ChangeError) -> Plan {
    guard let place = StorePlace(strayFile: file) else { throw refusal(of: file) }
    let before = try state(of: place)
    guard before != .absent else { throw .notFound("there is no file \(VisibleText(file))") }
    // Nobody knows what is in it: the log keeps it for its owner's eyes alone, and so it comes back.
    return try plan(
      .remove, "remove \(VisibleText(file)), which is no key",
      [FileEdit(place, before: before, after: .absent, isPrivate: true)]
    ).with { change in
      change.notes = [
        "it vouches for nobody: what is accepted stays as it is",
        "the log keeps what is in it, readable by its owner alone; undo puts it back so",
      ]
    }
  }

  private func refusal(of file: String) -> ChangeError {
    if let key = KeyLocation(administratorFile: file) {
      return .ambiguous(
        "\(VisibleText(file)) is the place of a key: keyreeve remove \(key.fingerprint) \(key.scope.option)\(machine)")
    }
    let own = layers.sysroot.located("")
    if !layers.sysroot.isMachine, file.hasPrefix(own + "/") {
      return .notFound(
        "the path is one of the machine, without \(VisibleText(own)): \(VisibleText(file.dropFirst(own.count)))")
    }
    guard file.hasPrefix(Layer.distribution.directory + "/") else {
      return .notFound(
        "\(VisibleText(file)) is no plain path below \(Layer.administrator.directory); keyreeve audit names the files")
    }
    return .ambiguous("\(VisibleText(file)) belongs to the distribution: its package has to drop it")
  }
}
