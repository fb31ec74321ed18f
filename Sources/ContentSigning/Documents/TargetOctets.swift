internal import SignedMetadata
internal import StrictJSON

/// The members of a list of targets in canonical form, sorted by name: as they lie in their document where that is written so, or made
/// from its tree.
struct TargetOctets: Sendable {
  private struct Entry: Sendable {
    let name: JSONString
    /// The name in its quotes, a colon, and the value.
    let member: Range<Int>
  }

  private var octets: [UInt8] = []
  private var entries: [Entry] = []

  /// No targets.
  init() {}

  /// The targets of a document.
  init(document: [UInt8]) throws(JSONError) {
    let start = Array(#"{"signed":"#.utf8)
    if document.starts(with: start),
      let object = CanonicalObject(in: document, at: start.count, depth: 60, listing: "targets"),
      let listing = object.listing
    {
      octets = document
      entries = listing.map { member in
        let name = JSONString(String(decoding: document[member.name], as: UTF8.self))
        return Entry(name: name, member: member.name.lowerBound - 1..<member.value.upperBound)
      }
      return
    }
    let tree = try JSON.parse(document, limits: JSONLimits(octets: document.count))
    let members = (tree["signed"]?["targets"]?.members ?? []).sorted { $0.name < $1.name }
    for member in members {
      let lower = octets.count
      octets += JSON.string(member.name).canonicalForm + [UInt8(ascii: ":")] + member.value.canonicalForm
      entries.append(Entry(name: member.name, member: lower..<octets.count))
    }
  }

  var count: Int { entries.count }

  func holds(_ name: JSONString) -> Bool {
    let index = position(of: name)
    return index < entries.count && entries[index].name == name
  }

  /// The first entry that does not come before `name`.
  private func position(of name: JSONString) -> Int {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = low + (high - low) / 2
      if entries[middle].name < name { low = middle + 1 } else { high = middle }
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
      next = index < entries.count && entries[index].name == name ? index + 1 : index
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
