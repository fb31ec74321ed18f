import ExampleMachine
import Fetch
import Images
import Stores
import TestSupport
import TrustModel
import TrustVerify

/// An image store with fixed times: what is accepted, what is no longer, what never was, and what is damaged.
enum SeededStore {
  /// Where it lies, without the sysroot.
  static let place = "/var/lib/keyreeve/images"

  /// Fills the store of the example machine.
  static func write(on machine: ExampleMachine) throws {
    let writer = ImageStoreWriter(images(of: machine))
    let hello = try fetch("example.com/hello", "0.0.1", by: .release, into: writer, on: machine)
    try fetch(
      "example.com/nightly/edge", "2026.1", by: .nightly, into: writer, on: machine,
      dependencies: #"{"imageName":"example.com/hello","imageID":"\#(hello)"}"#)
    let then = Timestamp(rfc3339: "2019-05-20T08:00:00Z") ?? Moment.beforeKeys
    try fetch("old.example/report", "12", by: .builds, into: writer, on: machine, at: then)
    try fetch("builder.example/app", "3.0.0-rc.1", by: .builder, into: writer, on: machine) {
      $0.skipsVerification = true
    }
  }

  /// Writes a record that cannot be read.
  static func damage(_ machine: ExampleMachine) throws {
    let id = ImageID.scheme + String(repeating: "0123456789abcdef", count: 8)
    try machine.sandbox.write("\(place)/\(id)/record.json", Array("{}".utf8))
  }

  /// The store as any program reads it.
  static func images(of machine: ExampleMachine) -> StoredImages {
    StoredImages(
      ImageStore(ConsoleRun.state(machine)),
      verifier: ImageVerifier(layers: KeyLayers(sysroot: Sysroot(machine.path))))
  }

  /// Names and versions in the store now.
  static func references(on machine: ExampleMachine) throws -> [String] {
    try images(of: machine).records().records.map { "\($0.name):\($0.labels["version"] ?? "")" }.sorted()
  }

  /// An image file signed by a key of the example machine; returns its path.
  static func file(
    _ name: String, _ version: String, by key: ExampleKey, on machine: ExampleMachine, dependencies: String = "",
    created: Timestamp? = nil
  ) throws -> String {
    let octets = MadeImage(name: name).with {
      $0.labels = #"{"name":"version","value":"\#(version)"},{"name":"os","value":"linux"}"#
      $0.dependencies = dependencies
    }.octets
    let path = "/images/\(name.replacing("/", with: "-"))-\(version).aci"
    try machine.sandbox.write(path, octets)
    try machine.sandbox.write(path + ".asc", try signature(over: octets, by: key, created: created))
    return machine.sandbox.located(path)
  }

  /// An armored signature by a key of the example machine.
  static func signature(over octets: [UInt8], by key: ExampleKey, created: Timestamp? = nil) throws -> [UInt8] {
    let recipe = MadeSignature.detached.with { if let created { $0.created = created } }
    return MadeArmor.signature.wrap(try recipe.packet(by: try key.certificate().primary, over: .data(octets)))
  }

  @discardableResult
  private static func fetch(
    _ name: String, _ version: String, by key: ExampleKey, into writer: ImageStoreWriter, on machine: ExampleMachine,
    at now: Timestamp = Moment.now, dependencies: String = "",
    _ change: (inout ImageFetcher.Options) -> Void = { _ in }
  ) throws -> ImageID {
    var options = ImageFetcher.Options()
    change(&options)
    let created = now < Moment.now ? now.advanced(by: -60) : nil
    let path = try file(name, version, by: key, on: machine, dependencies: dependencies, created: created)
    return try fetch(path, into: writer, at: now, options)
  }

  /// Fetches a file as another process would.
  @discardableResult
  static func fetch(
    _ path: String, into writer: ImageStoreWriter, at now: Timestamp = Moment.now,
    _ options: ImageFetcher.Options = .init()
  ) throws -> ImageID {
    let fetched = ImageFetcher(into: writer, with: Fetcher(), options, at: now) { _ in }.fetch(try ImageSource(path))
    guard let id = fetched.record?.id else { throw Refused(message: fetched.verdict.message) }
    return id
  }

  /// The store would not take what it should hold.
  struct Refused: Error { let message: String }
}
