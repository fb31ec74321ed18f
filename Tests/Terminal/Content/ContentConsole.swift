import ExampleMachine
import Glibc
import TestSupport
import Testing

/// The real program on a real terminal, on a machine whose repositories lie in a folder: no server, and no passphrase but what is typed.
final class ContentConsole {
  static let name = "example.com/team/app"
  static let passphrase = "correct-horse-4711"
  static let digest = "sha256:" + String(repeating: "0123456789abcdef", count: 4)
  private static let passphrases = [
    "DOCKER_CONTENT_TRUST_ROOT_PASSPHRASE": passphrase, "DOCKER_CONTENT_TRUST_REPOSITORY_PASSPHRASE": passphrase,
    "NOTARY_TIMESTAMP_PASSPHRASE": passphrase, "NOTARY_SNAPSHOT_PASSPHRASE": passphrase,
    "NOTARY_ROOT_PASSPHRASE": passphrase, "NOTARY_TARGETS_PASSPHRASE": passphrase,
    "NOTARY_DELEGATION_PASSPHRASE": passphrase,
  ]

  let machine: ExampleMachine
  private(set) var session: TerminalSession?

  /// A machine with a repository and one signed tag, unless nothing is wanted there yet.
  init(isEmpty: Bool = false, at date: String? = nil) throws {
    machine = try ExampleMachine()
    try machine.sandbox.makeDirectory("/srv/trust")
    let section = "[registry example.com]\nserver = file:///srv/trust\n"
    try machine.sandbox.write("/etc/keyreeve/folder.conf", Array(section.utf8))
    guard !isEmpty else { return }
    try run(["content", "init", Self.name, "--yes"], at: date)
    try sign("v1", at: date)
  }

  /// The machine's, with a home that is no part of the place where the machine lies.
  private var environment: [String: String] { machine.environment.merging(["HOME": "/home"]) { $1 } }

  /// Runs a plain command, which knows every passphrase.
  @discardableResult
  func run(_ words: [String], at date: String? = nil) throws -> String {
    let clock = date.map { ["faketime", "-f", $0] } ?? []
    let outcome = try ChildProcess.run(
      clock + [Programs.keyreeve] + words, environment: environment.merging(Self.passphrases) { $1 })
    #expect(outcome.status == 0, "\(words): \(outcome.text)\(outcome.errorText)")
    return outcome.text + outcome.errorText
  }

  func sign(_ tag: String, at date: String? = nil) throws {
    try run(["content", "sign", Self.name, tag, "--digest", Self.digest, "--size", "1024", "--yes"], at: date)
  }

  /// What a looking command says, without a passphrase.
  func look(_ words: String...) throws -> String {
    let outcome = try ChildProcess.run([Programs.keyreeve] + words, environment: environment)
    return outcome.text + outcome.errorText
  }

  /// The names of the tags that count.
  func tags() throws -> String { try look("content", "list", Self.name) }

  /// Docker's folder, the repository, and what was seen of it, octet by octet.
  func tree() throws -> [String] {
    try ["/home", "/srv/trust", "/var"].map { folder in
      machine.sandbox.names(in: folder) == nil ? "none" : try machine.fingerprint(of: folder)
    }
  }

  // MARK: The screen

  /// Opens the program with the list of repositories.
  func open(columns: Int = 80, rows: Int = 24) throws -> TerminalSession {
    let console = try RealConsole(machine: machine, columns: columns, rows: rows, variables: ["HOME": "/home"])
    self.console = console
    session = console.session
    try console.session.send("6")
    try console.session.waitFor("kept in", timeout: 10)
    return console.session
  }

  private var console: RealConsole?

  /// Opens the repository.
  func openRepository(columns: Int = 80, rows: Int = 24) throws -> TerminalSession {
    let session = try open(columns: columns, rows: rows)
    try session.send("Enter")
    try session.waitFor("Content > example.com", timeout: 10)
    try session.waitFor("Counts until", timeout: 10)
    return session
  }

  /// Fills in the fields of a form, and presses its button.
  func fill(_ fields: String...) throws {
    let session = try #require(session)
    for field in fields {
      try session.send("C-u")
      if !field.isEmpty { try session.type(field) }
      try session.send("Tab")
    }
    try session.send("Tab", "Enter")
  }

  /// Presses the button of the plan once its end was in view.
  func agree(_ button: String) throws {
    let session = try #require(session)
    try session.waitFor("[ \(button) ]", timeout: 15)
    try settle()
    try session.send("End", "Tab", "Enter")
  }

  /// Types a passphrase as often as one is asked for, until a text is there.
  func answer(_ passphrase: String = ContentConsole.passphrase, until text: String) throws {
    let session = try #require(session)
    for _ in 0..<2_000 {
      let screen = try session.screen()
      if screen.contains(text) { return }
      if screen.contains(" 0 characters typed") {
        try session.type(passphrase)
        try session.waitFor("\(passphrase.count) characters typed")
        try session.send("Enter")
        try session.waitUntilGone("\(passphrase.count) characters typed", timeout: 20)
      } else if screen.contains("NEW KEY"), screen.contains("Use it") {
        try session.send("Enter")
        try session.waitUntilGone("Use it")
      } else if screen.contains("NEW KEY"), screen.contains("[ Type one ]") {
        try session.send("Enter")
        usleep(50_000)
      }
      usleep(10_000)
    }
    Issue.record("\(text) did not appear: \(try session.screen())")
  }

  /// Waits until what was typed ahead of a question is no longer dropped.
  func settle() throws { try #require(console).pause() }

  /// The number of the program's process.
  func process() throws -> Int32 { try #require(console).process() }

  /// A file with the public key of somebody who is to sign.
  func publicKey(_ name: String) throws -> String {
    let file = machine.sandbox.located("/tmp/\(name).pem")
    let script = "openssl ecparam -genkey -name prime256v1 -noout | openssl ec -pubout -out \"$1\""
    let made = try ChildProcess.run(["sh", "-c", script, "sh", file])
    #expect(made.status == 0, "\(made.errorText)")
    return file
  }

  /// The identifiers of the private keys of docker's folder.
  func keyFiles() throws -> Set<String> {
    let names = machine.sandbox.names(in: "/home/.docker/trust/private") ?? []
    return Set(names.filter { $0.hasSuffix(".key") }.map { String($0.dropLast(4)) })
  }
}
