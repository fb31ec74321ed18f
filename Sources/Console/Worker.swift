internal import OpenPGP
internal import Screen
internal import Stores
internal import TrustChange
internal import TrustModel
internal import TrustVerify

/// Carries out jobs beside the event loop and posts what came of them.
struct Worker: Sendable {
  let settings: Console.Settings
  let log: ChangeLog
  let mailbox: Mailbox<News>

  init(_ settings: Console.Settings, _ mailbox: Mailbox<News>) {
    (self.settings, self.mailbox) = (settings, mailbox)
    log = ChangeLog(sysroot: settings.layers.sysroot, state: settings.state, author: settings.author)
  }

  /// After so many key files there is something to look at while the others are read.
  private static let early = 2_000

  var layers: KeyLayers { settings.layers }
  var state: StateDirectory { settings.state }
  private var isReadOnly: Bool { settings.isReadOnly }

  /// Starts a job; returns at once.
  func start(_ job: Job) {
    BlockingThread.start {
      let now = SystemClock.now
      do {
        try run(job, at: now)
      } catch {
        mailbox.post(.failed("\(error)"))
      }
    }
  }

  private func run(_ job: Job, at now: Timestamp) throws {
    switch job {
    case .load(let number): load(number, at: now)
    case .loadIfChanged(let machine, let number):
      if layers.list().files != machine.inventory.listing.files { load(number, at: now) }
    case .plan(let request):
      mailbox.post(.planned(try weighedPlan(request, at: now), reason: request.reason, request: request))
    case .review(let order): mailbox.post(.reviewed(order, keys(order, at: now)))
    case .apply(let change, let reason, let request): try apply(change, reason, request, at: now)
    case .report(let order): mailbox.post(.reported(order, settings.report(order.words)))
    case .audit(let machine): audit(machine, at: now)
    case .decide(let order): try decide(order, at: now)
    case .content(let job): run(job)
    case .rootKey(let order): run(order, at: now)
    case .change(let order): run(order)
    case .images(let job): try run(job, at: now)
    case .backup(let order): mailbox.post(.backup(order, end(of: order, at: now)))
    case .restore(let order, let plan): mailbox.post(.backup(order, .restored(try restore(plan, at: now))))
    }
  }

  /// Shows the files first, and their validity as soon as GnuPG has judged them.
  private func load(_ number: Int, at now: Timestamp) {
    // What an earlier process left half done is finished first, so that what is shown is what holds.
    var problems = isReadOnly ? [] : (try? log.recover(at: now)) ?? []
    var journal = Journal(lines: [])
    do {
      journal = try Journal(state)
      problems += journal.problems.map { "change log: \($0)" }
    } catch {
      problems.append("the change log cannot be read: \(error)")
    }
    func post(_ inventory: KeyInventory, isJudged: Bool, undo: [Int: UndoOutlook] = [:]) {
      let seen = problems + inventory.listing.obstacles.map { "not seen: \($0.error)" }
      var machine = Machine(inventory, number: number, journal: journal, isJudged: isJudged, problems: seen, at: now)
      machine.undoOutlooks = undo
      mailbox.post(.loaded(machine))
    }
    var inventory = KeyInventory(layers, early: Self.early) { post($0, isJudged: false) }
    post(inventory, isJudged: false)
    inventory.judge(by: CertificateJudge(), at: now)
    post(inventory, isJudged: true, undo: UndoOutlook.all(of: journal, under: layers.sysroot))
  }

  /// Applies a change; where a file has changed since, posts what the same request comes to now, to be looked at anew.
  private func apply(_ change: Change, _ reason: String?, _ request: PlanRequest?, at now: Timestamp) throws {
    guard !isReadOnly else { throw ChangeError.permission(Layer.administrator.directory) }
    do {
      let id = try log.apply(change, reason: reason, at: now)
      mailbox.post(.applied(change, id: id))
    } catch ChangeError.changedSincePlan(let file) {
      guard let request, let plan = try? weighedPlan(request, at: now) else {
        throw ChangeError.changedSincePlan(file: file)
      }
      mailbox.post(.planned(plan, reason: reason, request: request, changed: file))
    }
  }

  /// A plan with what it does to the images of the store.
  private func weighedPlan(_ request: PlanRequest, at now: Timestamp) throws -> Plan {
    try plan(request, at: now).weighed(by: images, at: now)
  }

  private func plan(_ request: PlanRequest, at now: Timestamp) throws -> Plan {
    switch request {
    case .disable(let fingerprint, let scope):
      return try planner(at: now) { concerns($0, fingerprint, scope) }.disable(fingerprint, in: scope)
    case .enable(let fingerprint, let scope):
      return try planner(at: now) { concerns($0, fingerprint, scope) }.enable(fingerprint, in: scope)
    case .remove(let fingerprint, let scope):
      return try planner(at: now) { concerns($0, fingerprint, scope) }.remove(fingerprint, in: scope)
    case .removeStray(let file): return try planner(at: now) { _ in false }.remove(strayFile: file)
    case .retire(let fingerprint, let scope):
      return try planner(at: now) { concerns($0, fingerprint, scope) }.finishRotation(from: fingerprint, in: scope)
    case .several(let several):
      let planner = planner(at: now) { key in several.keys.contains { concerns(key, $0.fingerprint, $0.scope) } }
      return try planner.several(several.verb.planned, several.keys.map(\.location))
    case .everywhere(let verb, let fingerprint):
      return try planEverywhere(verb, fingerprint, at: now)
    case .trust(let key, _): return try planTrust(key, at: now)
    case .rotate(let key, let days, _): return try planRotation(key, days: days, at: now)
    case .undo(let id):
      let journal = try Journal(state)
      guard let entry = id.map({ journal[$0] }) ?? journal.lastUndoable else {
        throw ChangeError.notFound("there is no change to take back")
      }
      return try planner(at: now) { _ in true }.undo(entry) { log.kept($0) }
    case .redo:
      guard let entry = try Journal(state).lastRedoable else {
        throw ChangeError.notFound("there is no undo to take back")
      }
      return try planner(at: now) { _ in true }.undo(entry) { log.kept($0) }
    }
  }

  /// The copies of a key in all scopes decide, and the other keys of those scopes are counted.
  private func planEverywhere(_ verb: Several.Verb, _ fingerprint: Fingerprint, at now: Timestamp) throws -> Plan {
    let scopes = layers.list(fingerprint).files.filter { $0.fingerprint == fingerprint }.map(\.scope)
    let planner = planner(at: now) { key in
      key.file.fingerprint == fingerprint || scopes.contains { key.file.scope.covers($0) }
    }
    switch verb {
    case .disable: return try planner.disableEverywhere(fingerprint)
    case .remove: return try planner.removeEverywhere(fingerprint)
    case .enable: return try planner.enableEverywhere(fingerprint)
    }
  }

  func concerns(_ key: LoadedKey, _ fingerprint: Fingerprint, _ scope: Scope) -> Bool {
    key.file.fingerprint == fingerprint || key.file.scope.covers(scope)
  }

  func planner(at now: Timestamp, judging isWanted: (LoadedKey) -> Bool) -> ChangePlanner {
    var inventory = KeyInventory(layers)
    inventory.judge(by: CertificateJudge(), at: now, where: isWanted)
    return ChangePlanner(inventory, layers: layers, at: now)
  }
}
