internal import ContentTrust
internal import Screen
internal import Stores
internal import TrustChange
internal import TrustModel
internal import TrustVerify

extension Worker {
  /// Makes, checks or plans to restore a backup.
  func end(of order: BackupOrder, at now: Timestamp) -> BackupEnd {
    do {
      let path = settings.located(order.file)
      switch order.action {
      case .make where hasOpenKeys: return .sealing
      case .make: return .report(try make(path, at: now))
      case .check: return .report(try check(path))
      case .restore: return .plan(try planRestore(path, named: order.file, at: now))
      }
    } catch {
      let file = VisibleText(order.file, limit: 300)
      return .report(BackupReport(error is BackupError ? "\(file): \(error)" : "\(error)".capitalizedFirst, .failed))
    }
  }

  /// Whether a private key here has no passphrase, and somebody can be asked for one: a backup holds no open key.
  private var hasOpenKeys: Bool {
    guard settings.changes?.kinds.contains(.drill) == true, let keys = try? settings.content?.keys().keys else {
      return false
    }
    return keys.contains { $0.contents?.protection == KeyProtection.none }
  }

  private func make(_ path: String, at now: Timestamp) throws -> BackupReport {
    guard !settings.isStoreReadOnly else { throw ReadOnly() }
    let collection = try BackupCollection(
      settings.stores, program: settings.program, host: settings.host, at: now)
    let manifest = collection.archive.manifest
    guard !manifest.files.isEmpty else {
      return BackupReport(
        "There is nothing to keep: no trusted keys, no content-trust keys, no configuration.", .failed)
    }
    try BackupFile.write(collection.archive, to: path)
    let problems = BackupProblem.all(in: collection.archive)
    let warnings =
      collection.omissions.map { "\($0.file) is not kept: \($0.problem)" } + collection.notes
      + problems.map { "\($0.store.rawValue)/\($0.path) \($0.problem); it is kept as it is" }
    return BackupReport(
      "Made: \(BackupDescription.count(manifest.files.count)), written, read back and found whole.",
      warnings.isEmpty ? .good : .doubtful,
      BackupDescription.contents(manifest) + warnings.map { DescribedLine("NOTE", $0, .warning) })
  }

  private func check(_ path: String) throws -> BackupReport {
    let archive = try BackupArchive(file: path)
    let problems = BackupProblem.all(in: archive)
    var lines = BackupDescription.contents(archive.manifest)
    lines += problems.map { DescribedLine("PROBLEM", "\($0.store.rawValue)/\($0.path) \($0.problem)", .warning) }
    do {
      lines += BackupDescription.comparison(try BackupComparison(archive, with: settings.stores).rows)
    } catch {
      lines.append(DescribedLine("NOTE", "this machine was not compared: \(error)", .warning))
    }
    let sentence =
      problems.isEmpty
      ? "Good: the backup is whole, and its files are what their names say."
      : "The backup is whole, but not all of its files are what their names say."
    return BackupReport(sentence, problems.isEmpty ? .good : .doubtful, lines)
  }

  private func planRestore(_ path: String, named name: String, at now: Timestamp) throws -> RestorePlan {
    let archive = try BackupArchive(file: path)
    let places = archive.manifest.files(of: .trustedKeys).compactMap { file in
      archive.manifest.directories[.trustedKeys].flatMap { StorePlace(.trustedKeys, in: $0, file.path)?.key }
    }
    let planner = planner(at: now) { key in places.contains { $0.concerns(key.file) } }
    return try planner.restore(archive, from: name, to: settings.stores)
  }

  /// Applies a plan store by store; each is a change of its own.
  func restore(_ plan: RestorePlan, at now: Timestamp) throws -> BackupReport {
    guard !settings.isReadOnly else { throw ChangeError.permission(Layer.administrator.directory) }
    var lines: [DescribedLine] = []
    var failures = 0
    for change in plan.changes {
      do throws(ChangeError) {
        let id = try log.apply(change, reason: nil, at: now)
        lines.append(DescribedLine("Done, #\(id)", change.summary, .accepted))
      } catch {
        failures += 1
        lines.append(DescribedLine("FAILED", "\(change.summary): \(error)", .refused))
      }
    }
    let done = plan.changes.count - failures
    let stores = done == 1 ? "1 store" : "\(done) stores"
    let sentence =
      failures == 0
      ? "Restored \(stores); \(settings.preferences.keys.name(.undo)) takes the last change back, the log each of them."
      : "Restored \(stores), \(failures) failed, and nothing is left of what failed."
    return BackupReport(sentence, failures == 0 ? .good : .failed, lines)
  }

  /// Nothing is written where nothing may be.
  private struct ReadOnly: Error, CustomStringConvertible {
    let description = "read-only here: no backup is made"
  }
}
