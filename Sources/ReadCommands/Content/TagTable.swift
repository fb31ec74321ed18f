internal import ContentTrust
internal import TrustModel

/// Signed tags as a table: some tens of thousands are no rarity, so that no line is made before it is printed.
struct TagTable {
  private let tags: [SignedTag]
  private let style: TextStyle
  /// Characters of the widest cell of each column but the last.
  private var widths: (tag: Int, digest: Int, octets: Int)

  /// Lines in one block.
  private static let blockLines = 512

  init(_ tags: [SignedTag], _ style: TextStyle) {
    (self.tags, self.style) = (tags, style)
    widths = ("TAG".utf8.count, "DIGEST".utf8.count, "OCTETS".utf8.count)
    for tag in tags {
      widths.tag = max(widths.tag, Self.width(VisibleText(tag.name).description))
      widths.digest = max(widths.digest, tag.digest.utf8.count)
      widths.octets = max(widths.octets, String(tag.length).utf8.count)
    }
  }

  /// The lines, some hundreds in each block; the first block begins with the heading.
  var blocks: some Sequence<[UInt8]> {
    stride(from: 0, through: max(0, tags.count - 1), by: Self.blockLines).lazy.map { start in
      var block: [UInt8] = []
      block.reserveCapacity(Self.blockLines * (widths.tag + widths.digest + widths.octets + 32))
      if start == 0 { appendHeading(to: &block) }
      for tag in tags.dropFirst(start).prefix(Self.blockLines) { append(tag, to: &block) }
      return block
    }
  }

  private func appendHeading(to block: inout [UInt8]) {
    guard !tags.isEmpty else {
      block += "no tag is signed\n".utf8
      return
    }
    append("TAG", widths.tag, styled: style.heading("TAG"), to: &block)
    append("DIGEST", widths.digest, styled: style.heading("DIGEST"), to: &block)
    append("OCTETS", widths.octets, styled: style.heading("OCTETS"), to: &block)
    block += (style.heading("ROLE") + "\n").utf8
  }

  private func append(_ tag: SignedTag, to block: inout [UInt8]) {
    append(VisibleText(tag.name).description, widths.tag, to: &block)
    append(tag.digest, widths.digest, to: &block)
    append(String(tag.length), widths.octets, to: &block)
    block += VisibleText(tag.role).description.utf8
    if !tag.counts { block += " (does not count for docker)".utf8 }
    block.append(UInt8(ascii: "\n"))
  }

  /// A cell, and two spaces more than it needs to be as wide as its column.
  private func append(_ text: String, _ width: Int, styled: String? = nil, to block: inout [UInt8]) {
    block += (styled ?? text).utf8
    block += repeatElement(UInt8(ascii: " "), count: width - Self.width(text) + 2)
  }

  private static func width(_ text: String) -> Int { TextTable.Cell(text).width }
}
