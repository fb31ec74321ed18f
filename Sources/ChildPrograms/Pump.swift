internal import CSpawn
internal import Glibc

/// One output of a program, as far as it was read.
final class OutputPipe {
  private let ends: (reading: CInt, writing: CInt)
  private var isWritable = true
  fileprivate(set) var isAtEnd = false
  fileprivate(set) var octets: [UInt8] = []

  init(_ path: String) throws(ChildProgramError) {
    guard let made = Pipe.make() else { throw .notStarted(path, errno) }
    ends = made
  }

  var reading: CInt { ends.reading }
  var writing: CInt { ends.writing }

  func closeWriting() {
    guard isWritable else { return }
    isWritable = false
    close(ends.writing)
  }

  deinit {
    if isWritable { close(ends.writing) }
    close(ends.reading)
  }
}

/// What a program is given to read.
final class FeedPipe {
  private let ends: (reading: CInt, writing: CInt)?
  private let octets: [UInt8]
  private var written = 0
  private var isReadable = true
  private(set) var isDone = false

  init(_ octets: [UInt8]) {
    self.octets = octets
    ends = Pipe.make()
    if let ends { _ = fcntl(ends.writing, F_SETFL, O_NONBLOCK) }
    isDone = ends == nil
  }

  var reading: CInt { ends?.reading ?? -1 }
  var writing: CInt { ends?.writing ?? -1 }

  func closeReading() {
    guard isReadable, let ends else { return }
    isReadable = false
    close(ends.reading)
  }

  /// Writes what fits; a program that has stopped reading has had enough.
  func write() {
    let count = unsafe octets[written...].withUnsafeBytes { unsafe Glibc.write(writing, $0.baseAddress, $0.count) }
    if count > 0 { written += count }
    if count < 0, errno == EINTR || errno == EAGAIN { return }
    if count < 0 || written == octets.count { finish() }
  }

  private func finish() {
    guard !isDone, let ends else { return }
    isDone = true
    close(ends.writing)
  }

  deinit {
    closeReading()
    finish()
  }
}

enum Pipe {
  /// Both ends of a new pipe, closed in what is started.
  static func make() -> (reading: CInt, writing: CInt)? {
    var ends: [CInt] = [-1, -1]
    return unsafe kr_pipe(&ends) == 0 ? (ends[0], ends[1]) : nil
  }
}

/// Moves octets to and from a program until it has ended and said all.
struct Pump {
  private let outputs: [OutputPipe]
  private let feed: FeedPipe?
  private let limit: Int
  private let deadline: Int64
  private let process: pid_t
  private let path: String

  init(
    _ said: OutputPipe, _ complaints: OutputPipe, _ feed: FeedPipe?, limit: Int, deadline: Int64, process: pid_t,
    path: String
  ) {
    (outputs, self.feed, self.limit) = ([said, complaints], feed, limit)
    (self.deadline, self.process, self.path) = (deadline, process, path)
  }

  func run(_ seconds: Int) throws(ChildProgramError) {
    // A write to a program that has ended is an error of the call, no end of this program.
    let before = signal(SIGPIPE, SIG_IGN)
    defer { signal(SIGPIPE, before) }
    while outputs.contains(where: { !$0.isAtEnd }) {
      guard MonotonicTime.now < deadline else { throw .tooSlow(path, seconds: seconds) }
      let open = outputs.filter { !$0.isAtEnd }
      var waiting = open.map { pollfd(fd: $0.reading, events: Int16(POLLIN), revents: 0) }
      let feeds = feed.map { !$0.isDone } ?? false
      if feeds, let feed { waiting.append(pollfd(fd: feed.writing, events: Int16(POLLOUT), revents: 0)) }
      let count = unsafe poll(&waiting, nfds_t(waiting.count), 50)
      if count < 0, errno != EINTR { throw .unreadable(path, errno) }
      if count <= 0 {
        // Nothing more comes from a program that has ended, whoever else still holds its output.
        if kr_has_ended(process) { return }
        continue
      }
      for (pipe, state) in zip(open, waiting) where state.revents != 0 { try read(pipe) }
      if feeds, let state = waiting.last, state.revents != 0 { feed?.write() }
    }
  }

  private func read(_ pipe: OutputPipe) throws(ChildProgramError) {
    var room = [UInt8](repeating: 0, count: 65_536)
    let count = unsafe room.withUnsafeMutableBytes { unsafe Glibc.read(pipe.reading, $0.baseAddress, $0.count) }
    if count < 0 {
      guard errno == EINTR else { throw .unreadable(path, errno) }
      return
    }
    guard count > 0 else {
      pipe.isAtEnd = true
      return
    }
    pipe.octets += room[..<count]
    guard pipe.octets.count <= limit else { throw .tooMuch(path, limit: limit) }
  }
}
