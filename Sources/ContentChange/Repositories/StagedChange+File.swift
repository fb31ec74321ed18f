internal import ContentSigning
internal import SignedMetadata
internal import StrictJSON
internal import TrustModel

extension StagedChange {
  /// Why a file of a staged change cannot be used.
  public struct Malformed: Error, Hashable, CustomStringConvertible {
    /// One clause.
    public let description: String
  }

  /// The most octets of one file.
  public static let octetLimit = 1 << 20

  /// Reads the contents of a file.
  ///
  /// - Throws: `Malformed`.
  public init(file octets: [UInt8]) throws(Malformed) {
    let tree = try Self.tree(octets)
    guard let action = tree["action"]?.string?.text, let role = tree["role"]?.string,
      let type = tree["type"]?.string?.text
    else { throw Malformed(description: "it is no staged change: action, role or type is missing") }
    self.role = RoleName(role)
    guard self.role.mayBeStaged(type) else {
      throw Malformed(description: "its role is none that signs targets: \(VisibleText(role.text, limit: 255))")
    }
    let data = tree["data"].flatMap { $0 == .null ? nil : $0 }
    guard let text = data.map({ $0.string?.text }) ?? "", let decoded = Base64.decode(text.utf8) else {
      throw Malformed(description: "its data is no base64")
    }
    switch type {
    case "target": content = try Self.target(action, tree["path"]?.string ?? "", decoded)
    case "delegation": content = .delegation(try Self.edit(action, self.role, decoded))
    case "witness": content = .witness
    default:
      throw Malformed(description: "it changes what cannot be staged here: \(VisibleText(type, limit: 40))")
    }
  }

  private static func tree(_ octets: [UInt8]) throws(Malformed) -> JSON {
    do throws(JSONError) {
      return try JSON.parse(octets, limits: JSONLimits(octets: octetLimit))
    } catch {
      throw Malformed(description: "\(error)")
    }
  }

  private static func target(_ action: String, _ name: JSONString, _ data: [UInt8]) throws(Malformed) -> Content {
    guard action != "delete" else { return .target(name, nil) }
    guard action == "create" || action == "update" else { throw unknown(action) }
    if let problem = SignedName.problem(name) {
      throw Malformed(description: "the name '\(VisibleText(name.text, limit: 80))' cannot be signed: \(problem)")
    }
    let tree = try tree(data)
    func digest(_ kind: JSONString, _ count: Int) -> [UInt8]? {
      (tree["hashes"]?[kind]?.string).flatMap { Base64.decode($0.text.utf8) }.flatMap { $0.count == count ? $0 : nil }
    }
    guard let sha256 = digest("sha256", 32), let length = tree["length"]?.integer, length >= 0 else {
      throw Malformed(description: "its target has no sha256 digest or no length")
    }
    let custom = tree["custom"].flatMap { $0 == .null ? nil : $0 }
    return .target(name, .init(sha256: sha256, sha512: digest("sha512", 64), length: length, custom: custom))
  }

  private static func edit(_ action: String, _ role: RoleName, _ data: [UInt8]) throws(Malformed) -> DelegationEdit {
    guard let kind = DelegationEdit.Action(rawValue: action) else { throw unknown(action) }
    var edit = DelegationEdit(role, kind)
    guard role != DelegationEdit.everyDelegation || kind == .update else { throw .everyDelegation }
    guard kind != .delete else { return edit }
    let tree = try tree(data)
    if let name = tree["new_name"]?.string, !name.text.isEmpty, name != role.text { throw .renaming(role, name) }
    func list(_ name: JSONString) throws(Malformed) -> [JSON] {
      let elements = tree[name]?.array ?? []
      guard elements.count <= DelegationEdit.entryLimit else {
        throw Malformed(description: "it lists more than \(DelegationEdit.entryLimit) keys or paths")
      }
      return elements
    }
    // notary goes by the number for a new role alone.
    if kind == .create, let threshold = tree["threshold"]?.integer { edit.newThreshold = Int(clamping: threshold) }
    for element in try list("add_keys") { edit.addedKeys.append(try key(element)) }
    edit.removedKeys = try list("remove_keys").compactMap { ($0.string?.text).flatMap { KeyID($0) } }
    edit.addedPaths = try list("add_paths").compactMap(\.string)
    for path in edit.addedPaths {
      guard let problem = SignedName.problem(beginning: path) else { continue }
      throw Malformed(description: "the path '\(VisibleText(path.text, limit: 80))' cannot be delegated: \(problem)")
    }
    edit.removedPaths = try list("remove_paths").compactMap(\.string)
    edit.clearsPaths = tree["clear_paths"]?.boolean ?? false
    guard role != DelegationEdit.everyDelegation || edit.isPurge else { throw .everyDelegation }
    return edit
  }

  private static func key(_ tree: JSON) throws(Malformed) -> ListedKey {
    guard let type = tree["keytype"]?.string?.text, let text = tree["keyval"]?["public"]?.string?.text,
      let octets = Base64.decode(text.utf8), let key = try? MetadataKey(notary: type, public: octets)
    else { throw Malformed(description: "it adds a key that cannot be used") }
    return ListedKey(key)
  }

  private static func unknown(_ action: String) -> Malformed {
    Malformed(description: "it asks for what nobody knows: \(VisibleText(action, limit: 40))")
  }

  // MARK: Writing

  /// The contents of its file, with the members in notary's order.
  public var file: [UInt8] {
    let (action, type, path, data) = parts
    let octets = data.map { Base64.encode($0.encoded()) } ?? []
    let tree: JSON = [
      "action": JSON(action), "role": .string(role.text), "type": JSON(type), "path": .string(path),
      "data": JSON(String(decoding: octets, as: UTF8.self)),
    ]
    return tree.encoded()
  }

  private var parts: (action: String, type: String, path: JSONString, data: JSON?) {
    switch content {
    case .target(let name, let target?): ("create", "target", name, target.form)
    case .target(let name, nil): ("delete", "target", name, nil)
    case .witness: ("update", "witness", "", nil)
    case .delegation(let edit): (edit.action.rawValue, "delegation", "", edit.action == .delete ? nil : edit.form)
    }
  }
}

extension RoleName {
  /// Whether a change of that type may be staged for it.
  fileprivate func mayBeStaged(_ type: String) -> Bool {
    switch type {
    case "target", "witness": self == .targets || isDelegationName
    case "delegation": self == DelegationEdit.everyDelegation || isDelegationName
    default: true
    }
  }
}

extension DelegationEdit {
  /// What notary reads.
  fileprivate var form: JSON {
    [
      "threshold": JSON(threshold ?? newThreshold ?? 1), "add_keys": .array(addedKeys.map(\.form)),
      "remove_keys": JSON(removedKeys.map(\.description)), "add_paths": .array(addedPaths.map { .string($0) }),
      "remove_paths": .array(removedPaths.map { .string($0) }), "clear_paths": .bool(clearsPaths),
    ]
  }
}
