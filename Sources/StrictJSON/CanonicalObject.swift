/// An object that stands in a document in canonical form: the octets that are signed are those that were received.
///
/// Found in one pass, without a tree: members in strictly ascending order, so that no name stands twice, no white space, nothing
/// escaped, whole numbers of at most 15 digits. Whatever this takes `JSON.parse` takes too, to the same values. What it does not
/// take may still be good JSON: that is for `JSON.parse` to say. Source: reference/security.md, section 3.2.
public struct CanonicalObject: Sendable {
  /// A member by its place in the document.
  public struct Member: Sendable {
    private let start: UInt32
    private let nameEnd: UInt32
    private let end: UInt32

    /// Quote, colon and quote stand between the octets of the name and the value.
    init(name: Range<Int>, end: Int) {
      // A document is shorter than `octetLimit`.
      (start, nameEnd) = (UInt32(name.lowerBound), UInt32(name.upperBound))
      self.end = UInt32(end)
    }

    /// The octets of the name, without its quotes.
    public var name: Range<Int> { Int(start)..<Int(nameEnd) }
    /// The octets of the value.
    public var value: Range<Int> { Int(nameEnd) + 2..<Int(end) }
  }

  /// The longest document that is looked at, in octets.
  static let octetLimit = 1 << 30

  /// Where it stands in the document.
  public let range: Range<Int>
  /// Its members, in the order of their names.
  public let members: [Member]
  /// The members of the object that is one of its members under the name that was asked for; nil where none is.
  public let listing: [Member]?

  /// The object that begins at an offset; nil where there is none in canonical form.
  ///
  /// - Parameters:
  ///   - depth: how deep it may be nested; `{}` alone is one deep.
  ///   - name: the member whose own members are wanted.
  public init?(in octets: [UInt8], at start: Int, depth: Int, listing name: JSONString) {
    guard octets.count < Self.octetLimit else { return nil }
    var scanner = CanonicalScanner(octets, at: start)
    var (members, listing) = ([Member](), [Member]?.none)
    let wanted = name.octets
    let isObject = scanner.object(depth: depth) { scanner, name in
      let isWanted = octets[name].elementsEqual(wanted) && scanner.isAtObject
      if isWanted { listing = [] }
      guard isWanted ? scanner.list(depth: depth - 1, into: &listing) : scanner.value(depth: depth - 1) else {
        return false
      }
      members.append(Member(name: name, end: scanner.position))
      return true
    }
    guard isObject else { return nil }
    (range, self.members, self.listing) = (start..<scanner.position, members, listing)
  }
}

extension CanonicalScanner {
  /// Reads an object and writes down its members.
  fileprivate mutating func list(depth: Int, into listing: inout [CanonicalObject.Member]?) -> Bool {
    object(depth: depth) { scanner, name in
      guard scanner.value(depth: depth - 1) else { return false }
      listing?.append(CanonicalObject.Member(name: name, end: scanner.position))
      return true
    }
  }
}
