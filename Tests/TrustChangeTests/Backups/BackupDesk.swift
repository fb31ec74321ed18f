import Stores
import TestSupport
import Testing
import TrustChange
import TrustModel
import TrustVerify

extension Desk {
  /// The stores of the machine, for root.
  var stores: MachineStores { MachineStores(sysroot: sysroot) { ["HOME": "/root"][$0] } }

  /// A backup of the machine as it is.
  func backup() throws -> BackupArchive {
    try BackupCollection(stores, program: "keyreeve 0.1.0", host: "web01", at: Moment.now).archive
  }

  /// A plan to bring a backup back.
  func restore(_ archive: BackupArchive, only: [Store] = Store.allCases, force: Bool = false) throws -> RestorePlan {
    try planner.restore(archive, from: "backup.tar", to: stores, stores: only, force: force)
  }

  /// Applies every change of a plan.
  @discardableResult
  func apply(_ plan: RestorePlan) throws -> [Int] {
    try plan.changes.map { try log.apply($0, at: Moment.now) }
  }
}

/// Files of a machine for restores.
enum Kept {
  /// The directory of content trust.
  static let trust = "/root/.docker/trust"
  /// A private key, its file and what it holds.
  static let keyPath = trust + "/private/" + String(repeating: "ab", count: 32) + ".key"
  static let key = Array(
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\nrole: root\n\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n".utf8)
  /// Signed metadata.
  static let metadataPath = trust + "/tuf/reg.example/app/metadata/root.json"
  /// Configuration that others may read, and some that they may not.
  static let openPath = "/etc/keyreeve/10.conf", secretPath = "/etc/keyreeve/20.conf"

  /// Metadata of a version.
  static func metadata(_ version: Int, _ more: String = "") -> [UInt8] {
    Array(#"{"signed":{"version":\#(version)},"signatures":[]\#(more)}"#.utf8)
  }
}

extension SandboxMachine {
  /// Puts files into every store.
  func fill(_ key: MadeCertificate, mask: Fingerprint? = nil) throws {
    try place(key, .administrator)
    if let mask { try self.mask(mask, in: try scope("example.com")) }
    try write(Kept.keyPath, Kept.key, mode: 0o600)
    try write(Kept.metadataPath, Kept.metadata(3))
    try write(Kept.openPath, Array("[fetch]\n".utf8))
    try write(Kept.secretPath, Array("[host h]\n".utf8), mode: 0o600)
  }

  /// Takes away everything in the stores, directories too.
  func empty() throws {
    _ = try ChildProcess.run(["rm", "-rf", located("/root"), located("/etc/keyreeve"), located("/etc/rkt")])
  }

  /// Every file of the stores with the digest of what it holds.
  var stored: [String: String] {
    get throws {
      let found = try ChildProcess.run(
        ["sh", "-c", "find etc root -type f -exec sha256sum {} + | sort"], directory: path)
      var files: [String: String] = [:]
      for line in found.text.split(separator: "\n") { files["/" + line.dropFirst(66)] = String(line.prefix(64)) }
      return files
    }
  }

  /// Every file and directory below a folder, with its kind and mode.
  func modes(_ folder: String) throws -> [String: String] {
    let found = try ChildProcess.run(["find", located(folder), "-printf", "%y %m /%P\\n"]).text
    var modes: [String: String] = [:]
    for line in found.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 2)
      modes[String(words[2])] = "\(words[0])\(words[1])"
    }
    return modes
  }
}
