import Glibc

/// Feeds a child and drains both of its outputs at once, so that no full pipe can stop either side.
struct ChildOutput {
  private(set) var output: [UInt8] = []
  private(set) var errors: [UInt8] = []
  /// Whether the last transfer moved any bytes.
  private(set) var progressed = false

  private var outputEnd: Int32
  private var errorEnd: Int32
  private var inputEnd: Int32
  private var rest: ArraySlice<UInt8>

  /// Takes over the test's three ends of the pipes.
  init(pipes: inout ChildPipes, input: [UInt8]) {
    (inputEnd, outputEnd, errorEnd) = pipes.takeParentEnds()
    rest = input[...]
    for descriptor in [inputEnd, outputEnd, errorEnd] {
      _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }
    if rest.isEmpty { Self.close(&inputEnd) }
  }

  /// Moves what can be moved within that time; false once the child has closed both outputs.
  mutating func transfer(milliseconds: Int32) -> Bool {
    var waiting = [
      pollfd(fd: outputEnd, events: Int16(POLLIN), revents: 0),
      pollfd(fd: errorEnd, events: Int16(POLLIN), revents: 0),
      pollfd(fd: inputEnd, events: Int16(POLLOUT), revents: 0),
    ]
    progressed = false
    guard poll(&waiting, 3, milliseconds) > 0 else { return isOpen }
    if waiting[0].revents != 0 { Self.drain(&outputEnd, into: &output, &progressed) }
    if waiting[1].revents != 0 { Self.drain(&errorEnd, into: &errors, &progressed) }
    if waiting[2].revents != 0 { feed() }
    return isOpen
  }

  /// Closes what is still open.
  mutating func finish() {
    Self.close(&inputEnd)
    Self.close(&outputEnd)
    Self.close(&errorEnd)
  }

  private var isOpen: Bool { outputEnd >= 0 || errorEnd >= 0 }

  private mutating func feed() {
    let written = rest.withUnsafeBytes { write(inputEnd, $0.baseAddress, $0.count) }
    if written > 0 {
      rest = rest.dropFirst(written)
      progressed = true
    }
    if rest.isEmpty || (written < 0 && errno != EAGAIN) { Self.close(&inputEnd) }
  }

  private static func drain(_ descriptor: inout Int32, into bytes: inout [UInt8], _ progressed: inout Bool) {
    var buffer = [UInt8](repeating: 0, count: 65536)
    let count = read(descriptor, &buffer, buffer.count)
    if count > 0 {
      bytes += buffer[..<count]
      progressed = true
    } else if count == 0 || errno != EAGAIN {
      close(&descriptor)
    }
  }

  private static func close(_ descriptor: inout Int32) {
    if descriptor >= 0 { Glibc.close(descriptor) }
    descriptor = -1
  }
}
