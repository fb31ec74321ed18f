import OpenPGP
import Stores
import TestSupport
import Testing
import TrustChange
import TrustModel
import TrustVerify

/// An administrator at work on the machine in a folder: plans, applies, looks at the log.
struct Desk {
  /// The folder.
  let sysroot: Sysroot
  /// Where the log is kept.
  let state: StateDirectory
  /// The log, written by somebody with sudo.
  let log: ChangeLog

  /// Keeps the folder there as long as somebody works in it.
  private var machine: SandboxMachine?

  init(_ path: String) {
    sysroot = Sysroot(path)
    state = StateDirectory(sysroot: sysroot, user: 0) { _ in nil }
    log = ChangeLog(
      sysroot: sysroot, state: state, author: JournalEntry.Author(uid: 0, user: "root", sudoUser: "eva"))
  }

  init(_ machine: SandboxMachine) {
    self.init(machine.path)
    self.machine = machine
  }

  /// The layers.
  var layers: KeyLayers { KeyLayers(sysroot: sysroot) }

  /// The log as it stands.
  var journal: Journal { get throws { try Journal(state) } }

  /// A planner over the layers as they are now.
  var planner: ChangePlanner {
    var inventory = KeyInventory(layers)
    inventory.judge(by: CertificateJudge(), at: Moment.now)
    return ChangePlanner(inventory, layers: layers, at: Moment.now)
  }

  /// The keys in some octets, reviewed.
  func review(_ octets: [UInt8]) throws -> [TrustReview.Candidate] {
    try TrustReview(octets, source: "a file", at: Moment.now).candidates
  }

  /// A plan to trust the keys in some octets.
  func trust(_ octets: [UInt8], in scope: Scope = .root, replacing: Bool = false) throws -> Plan {
    try planner.trust(review(octets), in: scope, replacing: replacing)
  }

  /// A plan to take back a change.
  func undo(_ id: Int) throws -> Plan {
    let entry = try #require(try journal[id])
    return try planner.undo(entry, contents: log.kept)
  }

  /// Applies a plan that must be one to change something.
  @discardableResult
  func apply(_ plan: Plan, reason: String? = nil) throws -> Int {
    try log.apply(try change(plan), reason: reason, at: Moment.now)
  }

  /// The change of a plan that must be one.
  func change(_ plan: Plan) throws -> Change {
    guard case .change(let change) = plan else {
      throw ChildProcess.Failure.system("a plan that changes nothing: \(plan)", 0)
    }
    return change
  }

  /// The fingerprints that vouch for a name.
  func accepted(_ name: String) throws -> Set<Fingerprint> {
    let name = try ImageName(name)
    let explanation = Explainer(layers, for: name, at: Moment.now).explanation(of: name, at: Moment.now)
    return Set(explanation.accepts.compactMap(\.fingerprint))
  }
}

/// A prefix scope.
func scope(_ prefix: String) throws -> Scope { .prefix(try Prefix(prefix)) }

/// A fresh certificate that can be trusted.
func freshKey(_ userID: String = "Test Signer <signer@example.com>") throws -> MadeCertificate {
  try .simple(.ed25519(), userID: userID)
}

extension MadeCertificate {
  /// Its fingerprint.
  var fingerprint: Fingerprint { primary.fingerprint }
  /// Its path in a scope of the administrator's layer.
  func place(_ scope: Scope = .root) -> String {
    SandboxMachine.directory(.administrator, scope) + "/\(fingerprint)"
  }
}

extension SandboxMachine {
  /// The paths of all files of a layer, with the digests of what they hold.
  func files(of layer: Layer) -> [String: String] {
    var files: [String: String] = [:]
    var folders = [layer.directory]
    while let folder = folders.popLast() {
      for name in names(in: folder) ?? [] {
        let path = folder + "/" + name
        if names(in: path) != nil {
          folders.append(path)
        } else {
          files[path] = Journal.digest(of: contents(path) ?? [])
        }
      }
    }
    return files
  }
}
