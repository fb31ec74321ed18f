internal import TrustModel

/// The path of an entry, in the one spelling that the layout rules are about.
///
/// No leading `/`, no `.`, `..` or empty component, no control characters. One `./` in front, as tar writes it for
/// whatever is packed from `.`, is taken off, so that `./manifest` and `manifest` are the same.
package struct EntryPath: Equatable {
  /// The octets, without `./` in front and `/` behind; none for the top of the archive.
  package let octets: [UInt8]

  /// Reads a path as it stands in the archive.
  ///
  /// - Parameter isDirectory: whether one `/` may stand at its end.
  package init(_ raw: [UInt8], isDirectory: Bool, limit: Int) throws(ArchiveError) {
    func refuse(_ what: String) -> ArchiveError { .malformed("\(shown(raw)) is refused: \(what)") }
    guard !raw.isEmpty else { throw .malformed("an entry has no path") }
    guard raw.count <= limit else { throw .limit("\(shown(raw)) is refused: its path is over \(limit) octets long") }
    if let octet = raw.first(where: { $0 < 0x20 || $0 == 0x7f }) {
      throw refuse("its path holds the control character \(octet)")
    }
    let slash = UInt8(ascii: "/")
    guard raw.first != slash else { throw refuse("its path is absolute") }
    var path = raw[...]
    if path.starts(with: "./".utf8) { path = path.dropFirst(2) }
    if path.isEmpty, isDirectory {
      octets = []
      return
    }
    if isDirectory, path.last == slash { path = path.dropLast() }
    for component in path.split(separator: slash, omittingEmptySubsequences: false) {
      guard !component.isEmpty else { throw refuse("its path has an empty component") }
      guard !component.elementsEqual(".".utf8), !component.elementsEqual("..".utf8) else {
        throw refuse("its path has a component '\(String(decoding: component, as: UTF8.self))'")
      }
    }
    octets = Array(path)
  }

  /// Whether the path leads to something below the directory `rootfs`.
  package var isBelowRootfs: Bool { octets.starts(with: "rootfs/".utf8) }

  /// The paths of the directories above this one, nearest first, without the top.
  var parents: some Sequence<ArraySlice<UInt8>> {
    octets.indices.lazy.reversed().filter { octets[$0] == UInt8(ascii: "/") }.map { octets[..<$0] }
  }
}

/// An entry's path for a message, in quotes, made visible and cut.
package func shown(_ path: some Sequence<UInt8>) -> String {
  "entry '\(VisibleText(octets: path, limit: 200))'"
}
