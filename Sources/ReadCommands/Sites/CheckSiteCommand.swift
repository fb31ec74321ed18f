public import ArgumentParser
internal import Discovery
internal import Fetch
internal import StrictJSON
internal import TrustModel
internal import TrustVerify

/// `keyreeve check-site`: a discovery tree as a client sees it.
public struct CheckSiteCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "check-site", abstract: "Look at a site of images as a client does, and say what is wrong with it.",
    discussion: """
      Pages, tags, keys, and each image with its signature; of an image on a server its head is asked for, unless \
      --download says to read it whole. A folder is read in place of the network, images and all. Nothing is trusted: \
      signatures are held against the keys that the site publishes. Ends with 4 where there is a finding.
      """)

  @OptionGroup var options: CommonOptions

  @Argument(help: ArgumentHelp("The page's https address, or the folder of the site.", valueName: "url|dir"))
  var site: String

  @Option(
    help: ArgumentHelp(
      "What a client asks for, where the address or the folder does not say it.",
      valueName: "name[:version][,label=value…]"),
    transform: DiscoveryTarget.argument)
  var name: DiscoveryTarget?

  @Flag(help: "Read images from the server, and check their signatures over all octets.")
  var download = false

  /// A command, filled in by the parser.
  public init() {}

  private var isAddress: Bool { site.hasPrefix("https://") || site.hasPrefix("http://") }

  /// Refuses what is neither an address nor a folder.
  public func validate() throws {
    if site.hasPrefix("http://") { throw ValidationError("clients ask over https alone") }
    guard isAddress || Environment.isDirectory(site) else {
      let isName = (try? DiscoveryTarget(site)) != nil && site.contains(".")
      let advice = isName ? "; the page of that name is https://\(VisibleText(site))" : ""
      throw ValidationError("\(VisibleText(site)) is neither an https address nor a folder\(advice)")
    }
  }

  /// Checks.
  public func run() throws {
    let run = SiteCheckRun(now: SystemClock.now, downloads: download)
    let steps: [SiteStep]
    if isAddress {
      let address = try Self.address(site)
      let target = try name ?? Self.target(address)
      let isElsewhere = target.authority != address.authority
      steps = run.served(target, Fetcher(try options.fetchSettings()), stand: isElsewhere ? address : nil)
    } else {
      steps = try run.folder(site, name)
    }
    let findings = steps.count { $0.outcome.isFinding }
    let reason: Reason = findings > 0 ? .findings : .accepted
    try Output(options).result([
      "schema": "keyreeve.site-check/1", "site": JSON(site), "name": JSON(name?.description),
      "reason": JSON(reason.rawValue), "findings": JSON(findings), "steps": .array(steps.map(\.document)),
    ]) { style in
      steps.map { $0.line(style) } + [
        findings == 0 ? style.good("no findings") : style.bad("\(findings) finding\(findings == 1 ? "" : "s")")
      ]
    }
    if findings > 0 { throw CommandEnd(reason) }
  }

  private static func address(_ text: String) throws -> Address {
    do {
      return try Address(text)
    } catch {
      throw CommandFailure(.usage, "\(error)")
    }
  }

  /// The name whose page lies at an address.
  private static func target(_ address: Address) throws -> DiscoveryTarget {
    var text = address.authority + address.path
    while text.hasSuffix("/") { text.removeLast() }
    do {
      return try DiscoveryTarget(text)
    } catch {
      throw CommandFailure(.usage, "the address is that of no image's page: \(error); say what it is about by --name")
    }
  }
}
