internal import ContentTrust
internal import SignedMetadata
internal import TrustModel

/// An inventory as text: what is set, what is kept, what is used where, what to know of it.
struct InventoryText {
  private let inventory: TrustInventory
  private let style: TextStyle

  init(_ inventory: TrustInventory, _ style: TextStyle) { (self.inventory, self.style) = (inventory, style) }

  var lines: [String] {
    section(
      "Variables", inventory.variables.map { "\($0.name)" + ($0.value.map { "=\(VisibleText($0))" } ?? " (set)") })
      + section(
        "Configuration",
        inventory.settings.map {
          "\(VisibleText($0.file)): \(VisibleText($0.name))" + ($0.value.map { " \(VisibleText($0))" } ?? "")
        })
      + section("Repositories that are kept", inventory.repositories.flatMap(repository))
      + section(
        "Keys",
        inventory.keys.map {
          let whose = [$0.role, $0.repository].compactMap { $0.map { VisibleText($0, limit: 255).description } }
          return "\(VisibleText($0.file))" + (whose.isEmpty ? "" : "  " + whose.joined(separator: " of "))
        })
      + section(
        "Uses",
        inventory.uses.map {
          "\(VisibleText($0.file)):\($0.mention.line)  \($0.mention.name)"
            + ($0.mention.value.map { "=\(VisibleText($0))" } ?? "")
        })
      + inventory.obstacles.map { "not looked at: \(VisibleText($0, limit: 400))" }
      + inventory.warnings.map { style.warning("warning") + ": \($0.message)" }
  }

  private func section(_ title: String, _ lines: [String]) -> [String] {
    [style.heading(title)] + (lines.isEmpty ? ["  none"] : lines.map { "  " + $0 }) + [""]
  }

  private func repository(_ repository: CachedRepository) -> [String] {
    let pieces = repository.pieces.compactMap { piece in
      piece.expires.map { "\(VisibleText(piece.name)) until \($0.date)" }
    }
    return ["\(repository.repository)  \(VisibleText(repository.folder))"]
      + (pieces.isEmpty ? [] : ["  " + pieces.joined(separator: ", ")])
  }
}
