internal import OpenPGP
internal import Screen
internal import TrustModel
internal import TrustVerify

/// In what the certificates of both layers differ, as lines of text.
struct LayerDifference {
  let row: KeyRow
  let vendor: Certificate?
  let local: Certificate?

  init(_ row: KeyRow, _ machine: Machine) {
    self.row = row
    let files = machine.files(of: row)
    (vendor, local) = (files.vendor?.certificate, files.local?.certificate)
  }

  var lines: [DescribedLine] {
    guard let vendor, let local else { return [DescribedLine("", sentence)] }
    if row.state == .same { return [DescribedLine("", "Both layers hold the same key.")] }
    let lines = [
      expiry(vendor, local),
      listed("User ids", vendor.userIDs.map(\.visible.description), local.userIDs.map(\.visible.description)),
      listed("Subkeys", vendor.subkeys.map(Self.name), local.subkeys.map(Self.name)),
    ]
    return lines.allSatisfy { $0.text == "same" }
      ? lines + [DescribedLine("Other", "signatures in them differ")] : lines
  }

  private var sentence: String {
    switch row.state {
    case .masked: "The local file is empty: it switches the distribution's key off."
    case .mask: "The local file is empty, and the distribution ships no such key here."
    case .vendor: "Only the distribution has this key."
    case .local: "Only this machine has this key."
    case .broken, .override, .same: row.who.capitalizedFirst + "."
    }
  }

  private func expiry(_ vendor: Certificate, _ local: Certificate) -> DescribedLine {
    func text(_ key: Certificate) -> String { key.claimedExpiry?.date ?? "never" }
    guard vendor.claimedExpiry != local.claimedExpiry else { return DescribedLine("Expires", "same") }
    return DescribedLine("Expires", "vendor \(text(vendor)), local \(text(local))", .warning)
  }

  private static func name(_ subkey: Subkey) -> String { "\(subkey.algorithm) \(subkey.fingerprint.shortGrouped)" }

  private func listed(_ label: String, _ vendor: [String], _ local: [String]) -> DescribedLine {
    let more = local.filter { !vendor.contains($0) }.map { "+ \($0)" }
    let fewer = vendor.filter { !local.contains($0) }.map { "- \($0)" }
    guard !(more + fewer).isEmpty else { return DescribedLine(label, "same") }
    let changes = (more + fewer).joined(separator: ", ")
    return DescribedLine(label, "vendor \(vendor.count), local \(local.count): \(changes)", .warning)
  }
}
