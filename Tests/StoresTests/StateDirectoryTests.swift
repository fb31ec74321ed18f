import Stores
import TestSupport
import Testing

@Suite("Where own state is kept")
struct StateDirectoryTests {
  struct Case: Sendable {
    let user: UInt32
    let environment: [String: String]
    let path: String
  }

  static let cases = [
    Case(user: 0, environment: ["XDG_DATA_HOME": "/data", "HOME": "/root"], path: "/var/lib/keyreeve"),
    Case(user: 1000, environment: ["XDG_DATA_HOME": "/data", "HOME": "/home/u"], path: "/data/keyreeve"),
    Case(user: 1000, environment: ["HOME": "/home/u"], path: "/home/u/.local/share/keyreeve"),
    Case(user: 1000, environment: ["XDG_DATA_HOME": "data", "HOME": "/home/u"], path: "/home/u/.local/share/keyreeve"),
    Case(user: 1000, environment: ["XDG_DATA_HOME": "", "HOME": "home"], path: "/nonexistent/.local/share/keyreeve"),
    Case(user: 1000, environment: [:], path: "/nonexistent/.local/share/keyreeve"),
  ]

  @Test("Root's is one place, others' follow the XDG base directories, all under the sysroot", arguments: cases)
  func places(shape: Case) {
    for (sysroot, before) in [("/", ""), ("/machine", "/machine"), ("/machine/", "/machine")] {
      let state = StateDirectory(sysroot: Sysroot(sysroot), user: shape.user) { shape.environment[$0] }
      #expect(state.path == before + shape.path)
      #expect(state.journal == shape.path + "/journal")
    }
  }

  @Test("A file is read up to the limit, and neither through a link nor past a FIFO", .timeLimit(.minutes(1)))
  func contents() throws {
    let machine = try SandboxMachine()
    let state = StateDirectory(sysroot: Sysroot(machine.path), user: 0) { _ in nil }
    #expect(throws: StoreError.self) { try state.contents(of: "journal/log", limit: 4) }
    try machine.write("/var/lib/keyreeve/journal/log", [1, 2, 3, 4])
    #expect(try state.contents(of: "journal/log", limit: 4) == [1, 2, 3, 4])
    #expect(throws: StoreError.tooLarge(state.journal + "/log", limit: 3)) {
      try state.contents(of: "journal/log", limit: 3)
    }
    try machine.link("/var/lib/keyreeve/journal/link", to: "log")
    #expect(throws: StoreError.symbolicLink(state.journal + "/link")) {
      try state.contents(of: "journal/link", limit: 4)
    }
    try machine.makeFIFO("/var/lib/keyreeve/journal/fifo")
    #expect(throws: StoreError.notRegular(state.journal + "/fifo")) {
      try state.contents(of: "journal/fifo", limit: 4)
    }
  }

  @Test(
    "A link on the way does not lead out of the machine", arguments: ["/var", "/var/lib", "/var/lib/keyreeve/journal"])
  func linkOutOfTheMachine(level: String) throws {
    let machine = try SandboxMachine()
    try machine.write("/var/lib/keyreeve/journal/log", [1])
    try machine.replaceByLink(level)
    let state = StateDirectory(sysroot: Sysroot(machine.path), user: 0) { _ in nil }
    #expect(throws: StoreError.self) { try state.contents(of: "journal/log", limit: 4) }
  }
}
