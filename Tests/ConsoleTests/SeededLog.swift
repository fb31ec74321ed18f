import ExampleMachine
import OpenPGP
import Stores
import TestSupport
import TrustChange
import TrustModel
import TrustVerify

/// A change log with fixed times: a key disabled for a reason, and another one disabled and enabled again.
enum SeededLog {
  /// Takes the second line out of the log, as somebody with an editor would.
  static func alter(_ machine: ExampleMachine) throws {
    let path = "/var/lib/keyreeve/journal/log.jsonl"
    var lines = (machine.sandbox.contents(path) ?? []).split(separator: 10, omittingEmptySubsequences: false)
    lines.remove(at: 1)
    try machine.sandbox.write(path, Array(lines.joined(separator: [10])))
  }

  static func write(on machine: ExampleMachine) throws {
    let layers = KeyLayers(sysroot: Sysroot(machine.path))
    let log = ChangeLog(sysroot: layers.sysroot, state: ConsoleRun.state(machine), author: ConsoleRun.author)
    func change(_ hours: Int64, _ reason: String?, _ plan: (ChangePlanner) throws -> Plan) throws {
      let now = Moment.now.advanced(by: hours * 3600)
      var inventory = KeyInventory(layers)
      inventory.judge(by: CertificateJudge(), at: now)
      guard case .change(let change) = try plan(ChangePlanner(inventory, layers: layers, at: now)) else { return }
      _ = try log.apply(change, reason: reason, at: now)
    }
    let (archive, release) = (try ExampleKey.archive.fingerprint(), try ExampleKey.release.fingerprint())
    try change(0, "no longer used here") { try $0.disable(archive) }
    try change(1, nil) { try $0.disable(release) }
    try change(2, nil) { planner in
      try planner.undo(try Journal(ConsoleRun.state(machine)).entries[1]) { log.kept($0) }
    }
  }
}
