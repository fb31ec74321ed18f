internal import ArgumentParser
internal import Discovery
internal import Fetch
internal import OpenPGP
internal import ReadCommands
internal import TrustChange
internal import TrustModel

/// How keys are had and agreed to: the options of every command that trusts one.
struct ReviewOptions: ParsableArguments {
  @Option(
    name: .long, help: "Trust exactly the key with this fingerprint, without a question.",
    transform: Fingerprint.argument)
  var fingerprint: Fingerprint?

  @Flag(name: .customLong("skip-fingerprint-review"), help: "Trust every key that is found, without a question.")
  var skipReview = false

  @Flag(name: .long, help: "Replace an empty file that disables the key, or a different copy of it.")
  var replace = false

  @Flag(name: .customLong("insecure-allow-http"), help: "Speak plain http where an address or discovery asks for it.")
  var allowHTTP = false

  func validate() throws {
    if fingerprint != nil, skipReview {
      throw ValidationError("--fingerprint and --skip-fingerprint-review exclude each other")
    }
  }

  /// The origin that an argument names: an address, standard input, or a file.
  func origin(of argument: String) throws -> KeyOrigin {
    guard argument.contains("://") else {
      return .octets(try KeySource.octets(of: argument), name: argument == "-" ? "standard input" : argument)
    }
    return .address(try Self.address(argument, allowHTTP: allowHTTP))
  }

  /// Refuses an argument that looks like an address and is none that keys are fetched from.
  func check(_ argument: String) throws {
    if argument.contains("://") { _ = try Self.address(argument, allowHTTP: allowHTTP) }
  }

  private static func address(_ text: String, allowHTTP: Bool) throws -> Address {
    guard !text.lowercased().hasPrefix("file:") else {
      throw ValidationError("'\(VisibleText(text, limit: 200))': a file is named by its path alone, without file://")
    }
    let address: Address
    do throws(AddressError) { address = try Address(text) } catch { throw ValidationError("\(error)") }
    guard address.scheme == .https || allowHTTP else {
      throw ValidationError("\(address) is plain http: use https, or allow it with --insecure-allow-http")
    }
    return address
  }

  /// The keys of these origins; configuration counts only where a server is asked.
  func reviews(of origins: [KeyOrigin], _ options: CommonOptions, at now: Timestamp) throws -> [TrustReview] {
    let settings = origins.contains(where: \.isRemote) ? try options.fetchSettings() : FetchSettings()
    let fetcher = Fetcher(settings)
    return try origins.flatMap { try $0.reviews(by: fetcher, allowsHTTP: allowHTTP, at: now) }
  }

  /// The keys to trust: by fingerprint, all of them unreviewed, or those that the person says yes to.
  func choose(
    from reviews: [TrustReview], for scope: Scope, with planner: ChangePlanner, _ change: ChangeOptions
  ) throws -> ReviewedKeys {
    let existing = planner.keys(for: scope)
    let all = reviews.flatMap(\.candidates)
    if let fingerprint {
      guard let candidate = all.first(where: { $0.certificate.fingerprint == fingerprint }) else {
        let found = all.map { "\($0.certificate.fingerprint)" }.joined(separator: ", ")
        throw CommandFailure(
          .notFound, "no key with fingerprint \(fingerprint) is there; found: \(found); nothing was trusted")
      }
      return ReviewedKeys(keys: [candidate])
    }
    let isDiscovered = reviews.contains(where: \.isDiscovered)
    if skipReview {
      let added = all.map(\.certificate.fingerprint).filter { !existing.contains($0) }
      guard !isDiscovered || existing.isEmpty || added.isEmpty else { throw Self.neverSilently(scope, existing, added) }
      for key in isDiscovered ? all.map(\.certificate.fingerprint) : [] {
        if let mask = planner.masks(of: key, for: scope).first { throw Self.neverSilently(scope, key, mask) }
      }
      // Unreviewed is not unseen.
      for review in reviews where !review.route.isEmpty {
        (["keys from \(VisibleText(review.source))"] + review.route.map { "  \($0)" }).forEach(Output.complain)
      }
      return ReviewedKeys(keys: all)
    }
    if isDiscovered, !existing.isEmpty {
      Output.complain(
        "note: keys for \(scope.words) are there already: \(existing.map(\.description).joined(separator: ", "))")
    }
    let questions = TrustQuestions(scope: scope, planner: planner, isDryRun: change.dryRun, compares: change.ask)
    return ReviewedKeys(try reviews.flatMap { try questions.ask(about: $0) })
  }

  /// Who controls a publisher's site must not be able to add keys to those that somebody chose.
  private static func neverSilently(
    _ scope: Scope, _ existing: [Fingerprint], _ added: [Fingerprint]
  ) -> CommandFailure {
    CommandFailure(
      .declined,
      "keys for \(scope.words) are there already (\(existing.map(\.description).joined(separator: ", "))): discovered ones"
        + " are never added to them without a review; review them on a terminal, or name the one that you compared:"
        + " --fingerprint \(added.first.map(\.description) ?? "FPR")")
  }

  /// A key that somebody switched off is not switched on again by whoever controls a publisher's site.
  private static func neverSilently(_ scope: Scope, _ key: Fingerprint, _ mask: String) -> CommandFailure {
    CommandFailure(
      .declined,
      "key \(key) is switched off by \(mask): a discovered key is never made to count again for \(scope.words) without a"
        + " review; review it on a terminal, or name it: --fingerprint \(key)")
  }
}
