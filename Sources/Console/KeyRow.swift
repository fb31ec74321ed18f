internal import OpenPGP
internal import Stores
internal import TrustModel
internal import TrustVerify

/// One line of the key list: what both layers say of one name in one scope.
struct KeyRow: Sendable, Equatable {
  /// Where what counts comes from.
  enum State: String, Sendable, CaseIterable {
    /// Only the distribution ships it.
    case vendor = "VENDOR"
    /// Only the administrator has it.
    case local = "LOCAL"
    /// Both, and they differ.
    case override = "OVERRIDE"
    /// Both, and they are alike.
    case same = "SAME"
    /// The distribution's, switched off by an empty file.
    case masked = "MASKED"
    /// An empty file with nothing to switch off.
    case mask = "MASK"
    /// Not a key file.
    case broken = "BROKEN"
  }

  let scope: Scope
  /// The file's name: a fingerprint, or what else it is called.
  let name: String
  let fingerprint: Fingerprint?
  let vendor: KeyRecord?
  let local: KeyRecord?
  let state: State
  /// The key by itself, wherever its file lies; nil where no file holds one.
  let health: KeyRecord?

  /// The record that counts, or would.
  var record: KeyRecord? {
    if let local, local.status != .mask { return local }
    return vendor ?? local
  }

  /// `+` accepted, `-` not accepted, `!` needs attention.
  var mark: String {
    if state == .broken { return "!" }
    return record?.status == .trusted ? "+" : record?.status == .invalid ? "!" : "-"
  }

  var isAccepted: Bool { mark == "+" }

  /// The first user id, or what is wrong.
  var who: String {
    if state == .broken || record?.status == .invalid { return record?.problem ?? "not a key" }
    return record?.userIDs.first ?? ""
  }

  /// What identifies the key in a list: the last sixteen digits, or the file's name.
  var label: String { fingerprint?.shortGrouped ?? VisibleText(name, limit: 40).description }

  /// Health and expiry in one word.
  func expiry(at now: Timestamp) -> String {
    guard let health else { return "-" }
    if health.status == .revoked { return "REVOKED" }
    if health.status == .weak { return "WEAK" }
    guard let expires = health.expires else { return "never" }
    if expires <= now { return "EXPIRED" }
    let days = expires.days(since: now)
    return days < Auditor.expiryNotice ? "in \(days) days" : expires.date
  }

  /// Everything a filter word may match, in lower case.
  var searchText: String {
    ([scope.description, name, label, state.rawValue, who, health?.status.rawValue ?? ""] + (record?.userIDs ?? []))
      .joined(separator: " ").lowercased()
  }

  /// The rows of both layers, by scope and name.
  static func merged(_ inventory: KeyInventory, at now: Timestamp) -> [KeyRow] {
    var rows: [KeyRow] = []
    var index = inventory.keys.startIndex
    // The inventory is ordered by scope, name and layer: what belongs together stands together.
    while index < inventory.keys.endIndex {
      let first = inventory.keys[index]
      let next = inventory.keys.index(after: index)
      let hasPair =
        next < inventory.keys.endIndex && inventory.keys[next].file.scope == first.file.scope
        && inventory.keys[next].file.name == first.file.name
      let pair = hasPair ? [first, inventory.keys[next]] : [first]
      rows.append(KeyRow(pair, inventory, at: now))
      index = hasPair ? inventory.keys.index(after: next) : next
    }
    return rows
  }

  private init(_ pair: [LoadedKey], _ inventory: KeyInventory, at now: Timestamp) {
    let vendor = pair.first { $0.file.layer == .distribution }
    let local = pair.first { $0.file.layer == .administrator }
    self.vendor = vendor.map { inventory.record(of: $0, at: now) }
    self.local = local.map { inventory.record(of: $0, at: now) }
    let holder = [local, vendor].compactMap(\.self).first { $0.certificate != nil }
    health = holder.map { inventory.health(of: $0, at: now) }
    scope = pair[0].file.scope
    name = pair[0].file.name
    fingerprint = pair[0].file.fingerprint
    state =
      switch (vendor, local) {
      case (_, let local?) where local.file.isMask: vendor == nil ? .mask : .masked
      case (_, let local?) where local.certificate == nil: .broken
      case (let vendor?, nil) where vendor.certificate == nil: .broken
      case (let vendor?, let local?): vendor.certificate?.octets == local.certificate?.octets ? .same : .override
      case (nil, _): .local
      case (_, nil): self.vendor?.status == .disabled ? .masked : .vendor
      }
  }
}
