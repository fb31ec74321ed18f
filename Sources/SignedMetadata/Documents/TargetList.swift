public import StrictJSON

/// The files that a role signs, by name.
///
/// Every entry was checked when the document was read. One in canonical form leaves them as they lie in it: in the order of their
/// names, each read when it is asked for.
public struct TargetList: Sendable, Sequence {
  /// A name and what is signed of it.
  public typealias Element = (key: JSONString, value: ListedFile)

  private enum Storage {
    case read([JSONString: ListedFile])
    case lying([CanonicalObject.Member], EntryReader)
  }

  private let storage: Storage

  /// Checks every entry of `targets`: `members`, or those that the envelope lists.
  init(_ members: [JSON.Member], _ envelope: Envelope) throws(MetadataError) {
    let reader = EntryReader(octets: envelope.octets, role: envelope.role, dialect: envelope.dialect)
    if let listing = envelope.listing {
      for member in listing { _ = try reader.file(member) }
      storage = .lying(listing, reader)
      return
    }
    var targets: [JSONString: ListedFile] = [:]
    targets.reserveCapacity(members.count)
    for member in members { targets[member.name] = try reader.file(member.value) }
    storage = .read(targets)
  }

  /// Where the members of the list lie in the octets of its document, in the order of their names; nil where those are not in canonical
  /// form.
  package var members: [CanonicalObject.Member]? {
    guard case .lying(let listing, _) = storage else { return nil }
    return listing
  }

  /// How many there are.
  public var count: Int {
    switch storage {
    case .read(let targets): targets.count
    case .lying(let listing, _): listing.count
    }
  }

  /// What is signed of a name; nil where nothing is.
  public subscript(name: JSONString) -> ListedFile? {
    switch storage {
    case .read(let targets): return targets[name]
    case .lying(let listing, let reader):
      // The names stand in ascending order: half of what is left falls away with each look.
      var (low, high) = (0, listing.count)
      while low < high {
        let middle = low + (high - low) / 2
        if reader.name(listing[middle]) < name { low = middle + 1 } else { high = middle }
      }
      guard low < listing.count, reader.name(listing[low]) == name else { return nil }
      return reader.checkedFile(listing[low])
    }
  }

  /// The names.
  public var keys: some Sequence<JSONString> { lazy.map(\.key) }

  /// Every name with what is signed of it, in no order that means anything.
  public func makeIterator() -> Iterator {
    switch storage {
    case .read(let targets): Iterator(.read(targets.makeIterator()))
    case .lying(let listing, let reader): Iterator(.lying(listing[...], reader))
    }
  }

  /// Goes through the list.
  public struct Iterator: IteratorProtocol {
    fileprivate enum Rest {
      case read(Dictionary<JSONString, ListedFile>.Iterator)
      case lying(ArraySlice<CanonicalObject.Member>, EntryReader)
    }

    private var rest: Rest

    fileprivate init(_ rest: Rest) { self.rest = rest }

    /// The next name with what is signed of it.
    public mutating func next() -> Element? {
      switch rest {
      case .read(var targets):
        let next = targets.next()
        rest = .read(targets)
        return next
      case .lying(var listing, let reader):
        guard let member = listing.popFirst(), let file = reader.checkedFile(member) else { return nil }
        rest = .lying(listing, reader)
        return (reader.name(member), file)
      }
    }
  }
}
