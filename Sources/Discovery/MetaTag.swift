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
  /// Whether the content is longer than the limit, and therefore not read.
  let isTooLong: Bool

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
    isTooLong = content.utf8.count > MetaTag.lengthLimit
    let words = isTooLong ? [] : content.utf8.split(maxSplits: 1, whereSeparator: Self.isSpace)
    prefix = words.first.map { String(decoding: $0, as: UTF8.self) } ?? ""
    let rest = words.dropFirst().first?.drop(while: Self.isSpace)
    template = rest.flatMap { rest in
      rest.lastIndex { !Self.isSpace($0) }.map { String(decoding: rest[...$0], as: UTF8.self) }
    }
  }

  /// The white space of HTML.
  private static func isSpace(_ octet: UInt8) -> Bool { [0x20, 0x09, 0x0a, 0x0c, 0x0d].contains(octet) }
}

extension MetaTag.Page {
  fileprivate mutating func add(_ name: String, _ content: String) {
    // The value of `name` is compared as written, as rkt does.
    guard let kind = MetaTag.Kind(rawValue: name) else { return }
    guard tags.count < MetaTag.countLimit else { return isCut = true }
    tags.append(MetaTag(kind: kind, content: content))
  }
}
