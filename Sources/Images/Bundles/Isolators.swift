internal import Archives
internal import StrictJSON
internal import TrustModel

/// How an image wants to be confined, out of the isolators of its manifest.
///
/// Source: appc image specification, "isolators". What is not applied is named in `notes`.
struct Isolators {
  private(set) var memory: Quantity?
  private(set) var processor: Quantity?
  private(set) var shares: Int64?
  private(set) var capabilities = Capabilities.usual
  private(set) var asksForCapabilities = false
  private(set) var gainsNoPrivileges = true
  private(set) var memoryScore: Int64?
  private(set) var filter: SystemCallFilter?
  private(set) var notes: [String] = []

  init(_ isolators: [ImageManifest.App.Isolator]) throws(RunFailure) {
    var seen: Set<String> = []
    for isolator in isolators {
      guard seen.insert(isolator.name).inserted else {
        throw Self.refuse(isolator.name, "it is given twice, and readers would differ in which one counts")
      }
      try take(isolator.name, isolator.value)
    }
    for kind in ["capabilities", "seccomp"] where seen.isSuperset(of: Self.opposites(kind)) {
      throw Self.refuse("os/linux/\(kind)-retain-set", "os/linux/\(kind)-remove-set stands beside it")
    }
  }

  /// Of which an image may have one alone.
  private static func opposites(_ kind: String) -> [String] {
    ["os/linux/\(kind)-retain-set", "os/linux/\(kind)-remove-set"]
  }

  private mutating func take(_ name: String, _ value: JSON) throws(RunFailure) {
    switch name {
    case "resource/memory": memory = try resource(name, value)
    case "resource/cpu": processor = try resource(name, value)
    case "os/linux/cpu-shares": shares = try integer(name, value, 2...262_144)
    case "os/linux/oom-score-adj": memoryScore = try integer(name, value, -1000...1000)
    case "os/linux/no-new-privileges":
      guard let wish = value.boolean else { throw Self.refuse(name, "it is neither true nor false") }
      gainsNoPrivileges = wish
    case "os/linux/capabilities-retain-set":
      (capabilities, asksForCapabilities) = (try Self.capabilities(value, name), true)
    case "os/linux/capabilities-remove-set":
      let removed = try Self.capabilities(value, name)
      capabilities.removeAll { removed.contains($0) }
    case "os/linux/seccomp-retain-set", "os/linux/seccomp-remove-set":
      filter = try SystemCallFilter(value, isRetaining: name.hasSuffix("retain-set"), notes: &notes)
    default: notes.append("the isolator \(VisibleText(name, limit: 80)) is not applied")
    }
  }

  /// The names in the `set` of a value.
  static func names(in value: JSON, of isolator: String) throws(RunFailure) -> [String] {
    guard let set = value["set"]?.array, !set.isEmpty else {
      throw refuse(isolator, "it has no 'set', or an empty one")
    }
    let names = set.compactMap { $0.string?.text }
    guard names.count == set.count, names.allSatisfy({ !$0.isEmpty && !$0.utf8.contains(0) }) else {
      throw refuse(isolator, "its 'set' holds what is no name")
    }
    return names
  }

  private static func capabilities(_ value: JSON, _ isolator: String) throws(RunFailure) -> [String] {
    let names = try names(in: value, of: isolator)
    if let unknown = names.first(where: { !Capabilities.known.contains($0) }) {
      throw refuse(isolator, "'\(unknown)' is no capability")
    }
    return Capabilities.known.filter { names.contains($0) }
  }

  /// The limit of a resource; that a machine is to keep some of it free for the image is for a scheduler.
  private mutating func resource(_ name: String, _ value: JSON) throws(RunFailure) -> Quantity? {
    if let request = value["request"], request != .null {
      let text = request.string?.text ?? ""
      notes.append("\(name): the request for \(VisibleText(text, limit: 40)) is not applied, the limit alone is")
    }
    guard let limit = value["limit"], limit != .null else { return nil }
    let text = limit.string?.text ?? limit.integer.map { "\($0)" } ?? ""
    guard let quantity = Quantity(text) else {
      throw Self.refuse(name, "the limit '\(text)' is no amount, such as 128Mi or 500m")
    }
    return quantity
  }

  private func integer(_ name: String, _ value: JSON, _ range: ClosedRange<Int64>) throws(RunFailure) -> Int64 {
    guard let number = value.integer, range.contains(number) else {
      throw Self.refuse(name, "it is no whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  private static func refuse(_ isolator: String, _ what: String) -> RunFailure {
    RunFailure(.malformed, "the image's isolator \(isolator) is refused: \(VisibleText(what, limit: 200))")
  }
}
