public import SignedMetadata
public import StrictJSON
internal import TrustModel

/// The targets of one role, to be signed.
///
/// A long list that was read stays as it lies in its document: what is changed is put between. Source:
/// reference/docker-content-trust.md, section 2, "Targets".
public struct TargetsDraft: Sendable {
  /// One target, as it is signed.
  public struct Target: Equatable, Sendable {
    /// SHA-256, 32 octets.
    public var sha256: [UInt8]
    /// SHA-512, 64 octets; docker signs none.
    public var sha512: [UInt8]?
    /// In octets.
    public var length: Int64
    /// What else its owner says of it; nil for nothing.
    public var custom: JSON?

    /// A target.
    public init(sha256: [UInt8], sha512: [UInt8]? = nil, length: Int64, custom: JSON? = nil) {
      (self.sha256, self.sha512, self.length, self.custom) = (sha256, sha512, length, custom)
    }

    /// Its entry.
    public var form: JSON {
      var hashes: [JSON.Member] = [.init("sha256", JSON(String(decoding: Base64.encode(sha256), as: UTF8.self)))]
      if let sha512 {
        hashes.append(.init("sha512", JSON(String(decoding: Base64.encode(sha512), as: UTF8.self))))
      }
      let members: [JSON.Member] = [.init("hashes", .object(hashes)), .init("length", JSON(length))]
      return .object((custom.map { [.init("custom", $0)] } ?? []) + members)
    }
  }

  /// Version and expiry.
  public var head: DraftHead
  /// The roles that it delegates to, in the order in which they are asked.
  public var delegations: [DelegationDraft]
  /// The keys, by the identifiers that they are listed under, that have signed the list that was read.
  public let formerSigners: Set<KeyID>
  private let known: TargetOctets
  private let targets: TargetList?
  /// What is to be different from what was read; nil for a target that is signed no longer.
  public private(set) var changes: [JSONString: Target?] = [:]

  /// A new list.
  public init(_ head: DraftHead) {
    (self.head, delegations, formerSigners, known, targets) = (head, [], [], TargetOctets(), nil)
  }

  /// A list that was read and verified, to be changed.
  ///
  /// - Throws: `JSONError`, which nothing that was read throws.
  public init(_ document: TargetsDocument) throws(JSONError) {
    head = DraftHead(document.head)
    delegations = document.delegations.map { DelegationDraft($0) }
    formerSigners = document.signers
    known = try TargetOctets(document)
    targets = document.targets
  }

  /// Signs a target, or no longer.
  public mutating func set(_ name: JSONString, to target: Target?) { changes[name] = .some(target) }

  /// Whether a name is signed.
  public func holds(_ name: JSONString) -> Bool { changes[name].map { $0 != nil } ?? known.holds(name) }

  /// Whether a name was signed in the list that was read.
  public func held(_ name: JSONString) -> Bool { known.holds(name) }

  /// What a name was signed to be in the list that was read; nil where it was not.
  public func former(_ name: JSONString) -> ListedFile? { targets?[name] }

  /// The names that are signed, in no order that means anything.
  public var names: [JSONString] {
    (targets.map { Array($0.keys) } ?? []).filter { changes[$0] == nil } + changes.filter { $0.value != nil }.map(\.key)
  }

  /// How many names are signed.
  public var count: Int {
    changes.reduce(known.count) { count, change in
      count + (change.value == nil ? 0 : 1) - (known.holds(change.key) ? 1 : 0)
    }
  }

  /// What is signed.
  public var signed: SignedText {
    let keys = delegations.flatMap(\.keys)
    let block: JSON = ["keys": keys.form, "roles": .array(delegations.map(\.form))]
    var octets = Array(#"{"_type":"Targets","delegations":"#.utf8)
    octets += block.canonicalForm
    octets += Array(#","expires":"\#(head.expires)","targets":{"#.utf8)
    known.append(to: &octets, with: changes.mapValues { $0.map { $0.form.canonicalForm } })
    octets += Array(#"},"version":\#(head.version)}"#.utf8)
    return SignedText(canonical: octets)
  }
}
