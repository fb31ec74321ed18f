import ExampleMachine
import OpenPGP
import Stores
import TestSupport
import TrustModel

@testable import Console
@testable import Stores
@testable import TrustVerify

/// Tables of rows without a console around them.
enum KeyTables {
  /// The rows of the example machine.
  static func example() throws -> KeyTable {
    let machine = try ExampleMachine(images: true)
    let inventory = KeyInventory(KeyLayers(sysroot: Sysroot(machine.path)))
    return KeyTable(KeyRow.merged(inventory, at: Moment.now))
  }

  /// So many rows in the folders of so many teams, each with the same certificate under another name.
  static func made(_ count: Int) throws -> KeyTable {
    let certificate = try Certificate.read(try ExampleKey.release.certificate().octets)
    let keys = try (0..<count).map { number in
      let octets = (0..<20).map { $0 < 16 ? UInt8($0) : UInt8(truncatingIfNeeded: number >> (8 * (19 - $0))) }
      guard let fingerprint = Fingerprint(octets: octets) else { throw Impossible() }
      let scope: Scope = number < 10 ? .root : .prefix(try Prefix("team\(number % 97).example"))
      return LoadedKey(
        planned: KeyLocation(layer: .administrator, scope: scope, fingerprint: fingerprint), certificate: certificate)
    }
    return KeyTable(KeyRow.merged(KeyInventory(LayerListing(), keys: keys), at: Moment.now))
  }

  struct Impossible: Error {}
}
