internal import CSpawn
internal import Glibc

/// The start of a program: its descriptors are moved out of each other's way, all others are closed.
struct Spawning {
  private let program: ChildProgram

  init(_ program: ChildProgram) { self.program = program }

  /// The process that was started.
  func start() throws(ChildProgramError) -> pid_t {
    var process: pid_t = 0
    try unsafe order { order in unsafe kr_spawn(order, &process) }
    return process
  }

  /// Starts it in the foreground: the process.
  ///
  /// `leaveForeground` follows its end.
  func startInForeground() throws(ChildProgramError) -> pid_t {
    var process: pid_t = 0
    try unsafe order { order in unsafe kr_spawn_in_foreground(order, &process) }
    return process
  }

  static func leaveForeground() { kr_leave_foreground() }

  /// Gives what is to be started to a call that starts it.
  private func order(_ call: (UnsafePointer<kr_spawn_order>) -> CInt) throws(ChildProgramError) {
    var copies: [CInt] = []
    defer { for copy in copies where copy >= 0 { close(copy) } }
    let wanted = wanted
    let above = max(16, (wanted.last?.place ?? 0) + 1)
    for source in wanted.map(\.source) {
      let copy = source < 0 ? -1 : fcntl(source, F_DUPFD_CLOEXEC, above)
      guard source < 0 || copy >= 0 else { throw .notStarted(program.path, errno) }
      copies.append(copy)
    }
    let failure = unsafe order(wanted.map(\.place), copies, call)
    guard failure == 0 else { throw .notStarted(program.path, failure) }
  }

  /// Its descriptors in rising order, with those of this process; negative for none.
  private var wanted: [(place: CInt, source: CInt)] {
    let streams: [(CInt, ChildProgram.Stream)] = [(0, program.input), (1, program.output), (2, program.errors)]
    let first = streams.map { place, stream -> (place: CInt, source: CInt) in
      switch stream {
      case .inherited: (place, place)
      case .none: (place, -1)
      case .descriptor(let descriptor): (place, descriptor)
      }
    }
    return first + program.descriptors.filter { $0.key > 2 }.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }
  }

  private func order(
    _ places: [CInt], _ sources: [CInt], _ call: (UnsafePointer<kr_spawn_order>) -> CInt
  ) -> CInt {
    let words = CStrings([program.path] + program.arguments)
    let variables = program.environment.map { own in
      CStrings(own.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })
    }
    return unsafe places.withUnsafeBufferPointer { places in
      unsafe sources.withUnsafeBufferPointer { sources in
        unsafe program.path.withCString { path in
          unsafe (program.directory ?? "").withCString { directory in
            var order = unsafe kr_spawn_order(
              path: path, words: words.list, variables: variables?.list, directory: directory,
              places: places.baseAddress, sources: sources.baseAddress, count: places.count,
              has_own_group: program.hasOwnGroup)
            return unsafe call(&order)
          }
        }
      }
    }
  }
}

/// A list of texts as C wants it: ended by null, freed with the list.
@safe final class CStrings {
  let list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  init(_ texts: [String]) {
    count = texts.count
    unsafe list = .allocate(capacity: texts.count + 1)
    for (index, text) in texts.enumerated() { unsafe list[index] = unsafe strdup(text) }
    unsafe list[texts.count] = nil
  }

  deinit {
    for index in 0..<count { unsafe free(list[index]) }
    unsafe list.deallocate()
  }
}
