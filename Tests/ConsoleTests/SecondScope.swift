import ExampleMachine
import TestSupport
import TrustModel

/// The release key of example.com, shipped for the names of a second prefix as well.
enum SecondScope {
  static let prefix = "mirror.example"

  static func write(on machine: ExampleMachine) throws {
    try machine.sandbox.place(
      try ExampleKey.release.armored(), named: "\(ExampleKey.release.fingerprint())",
      in: .prefix(try Prefix(prefix)), .distribution)
  }
}
