internal import SignedMetadata
internal import StrictJSON

/// The members of a list of targets in canonical form, sorted by name: as they lie in their document where that is written so, or made
/// from its tree.
struct TargetOctets: Sendable {
  private struct Entry: Sendable {
    /// The octets of the name where it lies as it is.
    let name: Range<Int>
    /// The name in its quotes, a colon, and the value.
    let member: Range<Int>
  }

  private var octets: [UInt8] = []
  private var entries: [Entry] = []
  /// The names where they do not lie as they are.
  private var names: [JSONString] = []

  /// No targets.
  init() {}

  /// The targets of a document that was read: what lies in canonical form is not looked at once more.
  init(_ document: TargetsDocument) throws(JSONError) {
    if let members = document.targets.members {
      octets = document.octets
      entries = members.map { Entry(name: $0.name, member: $0.name.lowerBound - 1..<$0.value.upperBound) }
      return
    }
    let tree = try JSON.parse(document.octets, limits: JSONLimits(octets: document.octets.count))
    for member in (tree["signed"]?["targets"]?.members ?? []).sorted(by: { $0.name < $1.name }) {
      let lower = octets.count
      octets += JSON.string(member.name).canonicalForm + [UInt8(ascii: ":")] + member.value.canonicalForm
      entries.append(Entry(name: lower..<lower, member: lower..<octets.count))
      names.append(member.name)
    }
  }

  var count: Int { entries.count }

  func holds(_ name: JSONString) -> Bool {
    let index = position(of: name)
    return index < entries.count && self.name(index) == name
  }

  private func name(_ index: Int) -> JSONString {
    names.isEmpty ? JSONString(String(decoding: octets[entries[index].name], as: UTF8.self)) : names[index]
  }

  /// The first entry that does not come before `name`.
  private func position(of name: JSONString) -> Int {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = low + (high - low) / 2
      if self.name(middle) < name { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Writes all members, separated, with those of `changes` in their places; nil takes one away.
  func append(to text: inout [UInt8], with changes: [JSONString: [UInt8]?]) {
    text.reserveCapacity(text.count + octets.count + 1_024)
    var isFirst = true
    func separate(_ text: inout [UInt8]) {
      if !isFirst { text.append(UInt8(ascii: ",")) }
      isFirst = false
    }
    var next = 0
    for (name, value) in changes.sorted(by: { $0.key < $1.key }) {
      let index = position(of: name)
      append(next..<index, to: &text, separate)
      next = index < entries.count && self.name(index) == name ? index + 1 : index
      guard let value else { continue }
      separate(&text)
      text += JSON.string(name).canonicalForm + [UInt8(ascii: ":")] + value
    }
    append(next..<entries.count, to: &text, separate)
  }

  private func append(_ range: Range<Int>, to text: inout [UInt8], _ separate: (inout [UInt8]) -> Void) {
    for entry in entries[range] {
      separate(&text)
      text += octets[entry.member]
    }
  }
}
