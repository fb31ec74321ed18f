internal import ContentTrust
internal import Screen
internal import SignedMetadata
internal import TrustModel

/// The question whether the first root that a server shows of a repository is trusted: its keys by both of their names.
///
/// Nothing is kept before it is answered, and nothing of a root that is not agreed to.
struct FirstUseScreen: ConsoleScreen {
  private let offer: FirstUseOffer
  private let order: ContentOrder
  private let isKept: Bool
  private var box: PlanBox

  init(_ offer: FirstUseOffer, _ order: ContentOrder, isKept: Bool) {
    (self.offer, self.order, self.isKept) = (offer, order, isKept)
    box = PlanBox("Trust the root of this repository?", Confirmation(button: isKept ? "Trust" : "Trust this once"))
  }

  var title: String { "Content > first use of \(offer.repository.name)" }

  func commands(_ context: Context) -> [Command] { [] }

  mutating func perform(_ command: Command, _ context: Context) -> [Effect] { [] }

  mutating func take(_ event: Event, _ context: Context) -> [Effect]? {
    switch box.take(event, lines(context)) {
    case .none: return []
    case .cancelled: return [.close, .say("Nothing was trusted.")]
    case .confirmed:
      var agreed = order
      agreed.agreed = offer.identity
      return [.close, .say("Asking the server..."), .work(.content(.read(agreed)))]
    case .tooEarly(let text): return [.say(text)]
    }
  }

  private func lines(_ context: Context) -> [DescribedLine] {
    var lines = [
      DescribedLine("NEW HERE", offer.repository.name, .heading),
      DescribedLine("", "nothing is kept of it here, and nothing is pinned for it"),
      DescribedLine("SERVER", VisibleText("\(offer.server)").description),
      DescribedLine("ROOT", "version \(offer.version), until \(offer.expires.date)"), DescribedLine("", ""),
    ]
    for key in offer.keys { lines += description(of: key) }
    let folder = VisibleText(context.content?.folder ?? "docker's folder")
    let keeping =
      isKept ? "its root is kept in \(folder), and later ones must follow from it" : "read-only here: nothing is kept"
    return lines + [
      DescribedLine("", ""),
      DescribedLine("COMPARE", "with what its owner says, got ANOTHER WAY (phone, paper, a web page):", .warning),
      DescribedLine("", "whoever answers for the server could show another key", .warning),
      DescribedLine("WILL DO", keeping),
    ]
  }

  /// That of its file, and that in metadata, which docker trust inspect prints.
  private func description(of key: MetadataKey) -> [DescribedLine] {
    var lines = [DescribedLine("ROOT KEY", "\(key.canonicalID)", .heading), DescribedLine("", key.material.algorithm)]
    if key.id != key.canonicalID { lines.append(DescribedLine("IN ROOT", "\(key.id)")) }
    if let leaf = key.certificates.first {
      let name = VisibleText(leaf.commonName ?? "nobody", limit: 255)
      lines.append(DescribedLine("", "certificate for \(name), until \(leaf.notAfter.date)", .dim))
    }
    return lines
  }

  func draw(into grid: inout Grid, _ area: Rectangle, _ context: Context) {
    box.draw(lines(context), into: &grid, area, context.theme)
  }
}
