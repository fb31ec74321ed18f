internal import SignedMetadata
internal import TrustModel

/// Rules for what the file of a key says of itself.
struct KeyContentRules {
  let place: KeyPlace
  let record: SigningKeyRecord

  var findings: [SigningKeyFinding] {
    guard let contents = record.contents else { return [] }
    return [protection(contents), reading(contents), fitness(contents), headers(contents), role(contents)]
      .compactMap { $0 }
  }

  private func finding(
    _ id: String, _ severity: Finding.Severity, _ message: String, fix: [String]? = nil
  ) -> SigningKeyFinding {
    SigningKeyFinding(id, severity, key: record.id, file: record.file, message, fix: fix)
  }

  private func protection(_ contents: SigningKeyFile) -> SigningKeyFinding? {
    let id = canOpen(contents) ? record.name.id : nil
    if contents.protection == .none {
      return finding(
        "no-passphrase", .warning, "\(record.subject) has no passphrase: whoever reads the file can sign with it",
        fix: id.map { place.passwd($0) })
    }
    guard contents.protection.strength == .weak else { return nil }
    return finding(
      "weak-derivation", .warning,
      "\(record.subject) is encrypted with \(contents.protection): passphrases are tried fast, so that only a long one "
        + "protects it", fix: id.map { place.passwd($0, ["--harden"]) })
  }

  /// Whether our own command would find and open it.
  ///
  /// In an older layout one key may lie in several places: no advice for that.
  private func canOpen(_ contents: SigningKeyFile) -> Bool {
    record.confirmation != .contradicted && record.name.hasEnding && !record.name.isOld
      && (contents.publicKey == nil || contents.publicKey?.fitness == .fit)
  }

  private func reading(_ contents: SigningKeyFile) -> SigningKeyFinding? {
    contents.obstacleToDocker.map { obstacle in
      let how = contents.protection == .none ? "" : " (\(contents.protection))"
      return finding(
        "foreign-form", .warning, "\(record.subject) cannot be opened by docker or notary\(how): \(obstacle)",
        fix: canOpen(contents)
          ? record.name.id.map { place.passwd($0, contents.protection == .none ? [] : ["--harden"]) } : nil)
    }
  }

  private func fitness(_ contents: SigningKeyFile) -> SigningKeyFinding? {
    switch contents.publicKey?.fitness {
    case .short(let bits):
      finding(
        "weak-key", .error,
        "\(record.subject) is an RSA key of \(bits) bits, and no signature by less than \(RSAKeyParts.shortest) counts; "
          + "a new key is made by: " + ShellText.line(place.notary(["key", "generate"])))
    case .unused:
      finding(
        "unused-algorithm", .warning,
        "\(record.subject) is for \(contents.publicKey?.algorithm ?? "-"), whose signatures keyreeve does not count")
    case .fit, nil: nil
    }
  }

  /// Headers are nobody's signature: what stands in them is only shown.
  private func headers(_ contents: SigningKeyFile) -> SigningKeyFinding? {
    if let name = contents.repository, (try? Repository(name))?.name != name {
      return finding(
        "header", .warning,
        "\(record.subject): its gun header is no name of a repository: \(VisibleText(name, limit: 80))")
    }
    if let role = contents.role, !Self.isRole(role) {
      return finding(
        "header", .warning, "\(record.subject): its role header is no name of a role: \(VisibleText(role, limit: 80))")
    }
    return nil
  }

  /// Lower-case letters, digits, `-`, `_` and `/`, shorter than 256 octets.
  static func isRole(_ text: String) -> Bool {
    let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789-_/".utf8)
    return !text.isEmpty && text.utf8.count < 256 && text.utf8.allSatisfy(allowed.contains)
  }

  private func role(_ contents: SigningKeyFile) -> SigningKeyFinding? {
    guard let role = record.role else {
      return finding(
        "no-role", .note, "\(record.subject): nothing says for which role it is; docker and notary then show none")
    }
    let base = RoleName.topLevel.map(\.description)
    let used = Set(record.uses.map(\.role.description))
    guard base.contains(role), !used.isEmpty, !used.contains(role), let use = record.uses.first else { return nil }
    return finding(
      "role", .warning,
      "\(record.subject) says that it is for \(role), and \(use.repository) uses it for \(VisibleText("\(use.role)")): see "
        + "keyreeve content inspect \(use.repository)")
  }
}
