internal import CHTML

/// A `meta` element of a discovery page.
struct MetaTag: Hashable {
  /// What it names.
  enum Kind: String {
    /// Where images are: a template of addresses.
    case images = "ac-discovery"
    /// Where public keys are.
    case keys = "ac-discovery-pubkeys"
  }

  let kind: Kind
  /// The names it is about, as written.
  let prefix: String
  /// The address or template, as written; nil where there is none.
  let template: String?

  /// The most elements of both kinds that are read from a page.
  static let countLimit = 64
  /// The longest content, in octets.
  static let lengthLimit = 4096

  /// What a page's head holds.
  struct Page {
    var tags: [MetaTag] = []
    /// Whether there were more elements than the limit.
    var isCut = false
  }

  /// Reads the head of a page; nil where libxml2 cannot be had.
  static func read(_ page: [UInt8]) -> Page? {
    var found = Page()
    let status = unsafe page.withUnsafeBytes { octets in
      unsafe withUnsafeMutablePointer(to: &found) { found in
        let text = unsafe octets.baseAddress?.assumingMemoryBound(to: CChar.self)
        guard let text = unsafe text else { return KR_HTML_READ }
        return unsafe kr_html_read_head(
          text, octets.count,
          { context, name, content in
            let page = unsafe context.assumingMemoryBound(to: Page.self)
            unsafe page.pointee.add(String(cString: name), String(cString: content))
          }, found)
      }
    }
    return status == KR_HTML_READ ? found : nil
  }

  fileprivate init(kind: Kind, content: String) {
    self.kind = kind
    let words = content.split(maxSplits: 1, whereSeparator: \.isWhitespace)
    prefix = words.first.map(String.init) ?? ""
    let rest = words.count > 1 ? words[1].drop(while: \.isWhitespace) : ""
    let end = rest.lastIndex { !$0.isWhitespace }
    template = end.map { String(rest[...$0]) }
  }
}

extension MetaTag.Page {
  fileprivate mutating func add(_ name: String, _ content: String) {
    // The value of `name` is compared as written, as rkt does.
    guard let kind = MetaTag.Kind(rawValue: name) else { return }
    guard tags.count < MetaTag.countLimit else { return isCut = true }
    tags.append(MetaTag(kind: kind, content: content.utf8.count <= MetaTag.lengthLimit ? content : ""))
  }
}
