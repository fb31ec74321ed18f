internal import ArgumentParser
internal import Glibc
public import StrictJSON
internal import TrustModel

/// Prints results: the only place that chooses between JSON and text.
public struct Output {
  private let options: CommonOptions

  /// Output as the options ask for it.
  public init(_ options: CommonOptions) {
    self.options = options
  }

  /// Prints a result on standard output, as a document or as lines of text.
  ///
  /// - Throws: `CommandFailure` where standard output does not take it all.
  public func result(_ document: @autoclosure () -> JSON, text: (TextStyle) -> [String]) throws {
    if options.json {
      try Self.print(document().encoded(pretty: true) + [UInt8(ascii: "\n")])
    } else {
      let style = TextStyle(isColoured: !options.noColor && Environment.allowsColour)
      var octets: [UInt8] = []
      for line in text(style) {
        octets.append(contentsOf: line.utf8)
        octets.append(UInt8(ascii: "\n"))
      }
      try Self.print(octets)
    }
  }

  /// The same where the text is long: in blocks of whole lines, each of which is printed before the next one is made.
  public func result<Blocks: Sequence<[UInt8]>>(
    _ document: @autoclosure () -> JSON, blocks: (TextStyle) -> Blocks
  ) throws {
    guard !options.json else { return try result(document()) { _ in [] } }
    for block in blocks(TextStyle(isColoured: !options.noColor && Environment.allowsColour)) { try Self.print(block) }
  }

  /// Prints a warning or a plan on standard error.
  public func message(_ text: String) {
    Self.complain(text)
  }

  /// Says on standard error what is being done, if that was asked for.
  public func progress(_ text: @autoclosure () -> String) {
    if options.verbose { Self.complain(text()) }
  }

  /// Prints one line on standard error.
  public static func complain(_ text: String) {
    write(Array((text + "\n").utf8), to: 2)
  }

  private static func print(_ octets: [UInt8]) throws {
    guard write(octets, to: 1) else {
      // The reader has seen enough: no news to anybody.
      if errno == EPIPE { throw CommandEnd(.failed) }
      throw CommandFailure(.failed, "standard output: \(String(cString: strerror(errno)))")
    }
  }

  /// Writes octets on standard output; false, with `errno` set, where that fails.
  static func write(_ octets: UnsafeRawBufferPointer) -> Bool {
    if let collected = CollectedOutput.current {
      collected.add(octets)
      return true
    }
    var written = 0
    while written < octets.count {
      let count = Glibc.write(1, octets.baseAddress?.advanced(by: written), octets.count - written)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      written += count
    }
    return true
  }

  /// Writes everything; false, with `errno` set, where that fails.
  @discardableResult
  public static func write(_ octets: [UInt8], to descriptor: CInt) -> Bool {
    if let collected = CollectedOutput.current {
      collected.add(octets)
      return true
    }
    var rest = octets[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
