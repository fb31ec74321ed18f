import TestSupport
import Testing

@testable import Stores

@Suite("Configuration files")
struct ConfigurationTests {
  private static let environment = ["HOME": "/home/u"]

  private static func read(
    _ machine: SandboxMachine, _ environment: [String: String] = environment
  ) throws(ConfigurationError) -> Configuration {
    try Configuration(sysroot: Sysroot(machine.path)) { environment[$0] }
  }

  /// The error for one file with these lines.
  private static func problem(_ text: String, mode: UInt32 = 0o600) throws -> String {
    try problem(Array(text.utf8), mode: mode)
  }

  private static func problem(_ octets: [UInt8], mode: UInt32 = 0o600) throws -> String {
    let machine = try SandboxMachine()
    try machine.write("/etc/keyreeve/a.conf", octets, mode: mode)
    do throws(ConfigurationError) {
      _ = try read(machine)
      return "none"
    } catch {
      return "\(error)".replacing(machine.path, with: "")
    }
  }

  @Test("Later files and layers win, each value by itself")
  func precedence() throws {
    let machine = try SandboxMachine()
    let files = [
      ("/usr/lib/keyreeve/90.conf", "[fetch]\nca-bundle = /1\nproxy = p:1"),
      ("/etc/keyreeve/10.conf", "[fetch]\nca-bundle = /2\n[host a.example]\nca-bundle=/a"),
      ("/etc/keyreeve/20.conf", "  [ fetch ]  \n\t# remark\n\n  ca-bundle\t=  /3 with space  \n"),
      ("/home/u/.config/keyreeve/a.conf", "[fetch]\nproxy =\n[host A.Example]\nallow-private = no\n"),
      ("/etc/keyreeve/30.conf.bak", "nonsense"), ("/etc/keyreeve/.40.conf", "nonsense"),
    ]
    for (file, text) in files { try machine.write(file, Array(text.utf8)) }
    let configuration = try Self.read(machine)
    #expect(configuration.files == files[..<4].map(\.0))
    #expect(configuration.value(.caBundle, in: .fetch)?.text == "/3 with space")
    #expect(configuration.value(.caBundle, in: .fetch)?.line == 4)
    #expect(configuration.value(.proxy, in: .fetch) == nil)
    #expect(configuration.hosts == ["a.example"])
    #expect(configuration.value(.caBundle, in: .host("a.example"))?.file == "/etc/keyreeve/10.conf")
    #expect(configuration.value(.allowPrivate, in: .host("a.example"))?.text == "no")
  }

  @Test("A registry has a section of its own, its name in lower case; later files win")
  func registries() throws {
    let machine = try SandboxMachine()
    let files = [
      ("/usr/lib/keyreeve/1.conf", "[registry Docker.io]\nserver = https://a\n[registry b:5000]\nserver = https://b"),
      ("/etc/keyreeve/1.conf", "[registry docker.io]\nserver = https://c\n[registry d]\nserver ="),
    ]
    for (file, text) in files { try machine.write(file, Array(text.utf8)) }
    let configuration = try Self.read(machine)
    #expect(configuration.registries.sorted() == ["b:5000", "docker.io"] && configuration.hosts.isEmpty)
    #expect(configuration.value(.server, in: .registry("docker.io"))?.text == "https://c")
    #expect(configuration.value(.server, in: .registry("docker.io"))?.file == "/etc/keyreeve/1.conf")
  }

  @Test("Header lines of one file stand together and replace those of earlier files; an empty one takes them back")
  func headers() throws {
    let machine = try SandboxMachine()
    func write(_ name: String, _ text: String) throws {
      try machine.write("/etc/keyreeve/" + name, Array("[host a.example]\n\(text)\n".utf8), mode: 0o600)
    }
    func values() throws -> [String] {
      try Self.read(machine).values(.header, in: .host("a.example")).map { String(decoding: $0.value, as: UTF8.self) }
    }
    try write("1.conf", "header = A: 1\nheader = B: 2 # 3")
    #expect(try values() == ["A: 1", "B: 2 # 3"])
    try write("2.conf", "header = C: 3")
    #expect(try values() == ["C: 3"])
    try write("3.conf", "header =")
    #expect(try values().isEmpty)
    try write("3.conf", "header =\nheader = D: 4")
    #expect(try values() == ["D: 4"])
  }

  @Test(
    "A line that is not understood is an error with its file and line",
    arguments: [
      ("ca-bundle = /x", "1: a value stands before any section"), ("[fetch]\nx = 1", "2: there is no x in [fetch]"),
      ("[fetch]\nconnect-to = a:1", "2: there is no connect-to"), ("[host a]\nproxy = none", "2: there is no proxy"),
      ("[fetch]\n\nca-bundle", "3: neither a section"), ("[fetsch]", "1: there is no such section"),
      ("[registry]", "1: there is no such section"),
      ("[registry a]\nca-bundle = /x", "2: there is no ca-bundle in [registry a]"),
      ("[host a]\nserver = https://x", "2: there is no server in [host a]"),
      ("[registry a]\nserver = http://x", "2: server: the value is not an address that begins with https://"),
      ("[registry a]\nserver = https://a\nserver = https://b", "3: server stands in this file twice"),
      ("[registry a]\ninsecure-http = maybe", "2: insecure-http: the value is neither yes nor no"),
      ("[host a]\ninsecure-http = yes", "2: there is no insecure-http in [host a]"),
      ("[host]", "1: there is no such section"), ("[host a b]", "1: there is no such section"),
      ("[fetch", "1: there is no such section"), ("[fetch] # x", "1: there is no such section"),
      ("[fetch]\nca-bundle = x.pem", "2: ca-bundle: the value is not an absolute path"),
      ("[fetch]\nca-bundle = /a # x", "2: ca-bundle: a remark must stand on a line of its own"),
      ("[host a]\nallow-private = true", "2: allow-private: the value is neither yes nor no"),
      ("[fetch]\nca-bundle = /a\nca-bundle = /b", "3: ca-bundle stands in this file twice, first in line 2"),
      ("[fetch]\r\n", "1: the line holds a control character"), ("[fetch]\nCA-Bundle = /x", "2: there is no CA-Bundle"),
      ("\u{feff}[fetch]", "1: neither a section"), ("[fetch]\nx\u{202e} = 1", "2: there is no x<U+202E>"),
    ])
  func badLines(text: String, problem: String) throws {
    let found = try Self.problem(text)
    #expect(found.hasPrefix("/etc/keyreeve/a.conf:" + problem), "\(found)")
  }

  @Test("What is not UTF-8 is an error, but in a header")
  func notText() throws {
    #expect(
      try Self.problem(Array("[fetch]\nca-bundle = /".utf8) + [0xff]).contains(":2: ca-bundle: the value is not UTF-8"))
    #expect(try Self.problem(Array("[host a]\nheader = A: ".utf8) + [0xff]) == "none")
    #expect(
      try Self.problem(Array("[host a]\nheader = A: ".utf8) + [0]).contains(":2: the line holds a control character"))
  }

  @Test(
    "A file that holds a secret is for its owner alone", arguments: [0o600, 0o400, 0o640, 0o604, 0o620, 0o644, 0o700])
  func secrets(mode: UInt32) throws {
    for (text, key) in [("[host a]\nheader = A: s3cret", "header"), ("[fetch]\nproxy = http://u:s3cret@p:1", "proxy")] {
      let problem = try Self.problem(text, mode: mode)
      let isOwn = mode & 0o077 == 0
      #expect(problem == "none" || !isOwn)
      #expect(
        isOwn
          || problem
            == "/etc/keyreeve/a.conf holds a secret (\(key)) and can be read by others: chmod 600 /etc/keyreeve/a.conf"
      )
    }
    #expect(try Self.problem("[fetch]\nproxy = http://p:1", mode: mode) == "none")
  }

  @Test("A file that everybody can write is not taken")
  func writable() throws {
    #expect(try Self.problem("[fetch]\n", mode: 0o646).contains("chmod o-w"))
    #expect(try Self.problem("[fetch]\n", mode: 0o664) == "none")
  }

  @Test("A secret is in no description or dump")
  func silent() throws {
    let machine = try SandboxMachine()
    try machine.write("/etc/keyreeve/a.conf", Array("[host a]\nheader = A: s3cret".utf8), mode: 0o600)
    let configuration = try Self.read(machine)
    var text = "\(configuration) \(String(reflecting: configuration))"
    dump(configuration, to: &text)
    #expect(!text.contains("s3cret") && !text.contains("115"))
    #expect(configuration.entries.first?.text == nil)
  }

  @Test("Keys, columns, colours and mouse have sections of their own, and limits")
  func console() throws {
    let machine = try SandboxMachine()
    let text = "[console]\nmouse = no\ntheme = dark\n[keys]\nnext-match = # F3\n[colours]\ndim = bright-blue\n"
    try machine.write("/etc/keyreeve/a.conf", Array(text.utf8))
    let configuration = try Self.read(machine)
    #expect(configuration.value(.mouse, in: .console)?.text == "no")
    #expect(configuration.value(.named("next-match"), in: .keys)?.text == "# F3")
    #expect(configuration.value(.named("dim"), in: .colours)?.text == "bright-blue")
    let longest = String(repeating: "a", count: ConfigurationLimits.wordOctets)
    let name = String(repeating: "a", count: ConfigurationLimits.nameOctets)
    for start in ["[keys]\nquit = ", "[colours]\ndim = ", "[console]\ntheme = ", "[console]\ncolumns = "] {
      #expect(try Self.problem(start + longest) == "none")
      #expect(try Self.problem(start + longest + "a").contains("longer than 200 octets"))
    }
    #expect(try Self.problem("[keys]\n\(name) = q") == "none")
    #expect(try Self.problem("[keys]\n\(name)a = q").contains("only names of commands"))
    #expect(try Self.problem("[keys]\nQuit = q").contains(":2: there is no Quit in [keys]"))
    #expect(try Self.problem("[console]\nmouse = maybe").contains("neither yes nor no"))
    #expect(try Self.problem("[console]\nproxy = none").contains("only theme, mouse, plain, columns"))
    #expect(try Self.problem("[fetch]\nmouse = no").contains("there is no mouse in [fetch]"))
  }

  @Test("As much is read as the limits allow, and one more is an error")
  func limits() throws {
    func problem(_ count: Int) throws -> String {
      let machine = try SandboxMachine()
      for number in 0..<count { try machine.write("/etc/keyreeve/\(number).conf", []) }
      do throws(ConfigurationError) {
        _ = try Self.read(machine)
        return "none"
      } catch {
        return "\(error)"
      }
    }
    #expect(try problem(ConfigurationLimits.files) == "none")
    #expect(try problem(ConfigurationLimits.files + 1).contains("more than 64"))
    let lines = String(repeating: "#\n", count: ConfigurationLimits.fileOctets / 2)
    #expect(try Self.problem(lines) == "none")
    #expect(try Self.problem(lines + "#").contains("larger than \(ConfigurationLimits.fileOctets)"))
    let line = "#" + String(repeating: "x", count: ConfigurationLimits.lineOctets - 1)
    #expect(try Self.problem(line) == "none")
    #expect(try Self.problem(line + "x").contains(":1: the line is longer"))
    let values = String(repeating: "header=A:1\n", count: ConfigurationLimits.values)
    #expect(try Self.problem("[host a]\n" + values) == "none")
    #expect(
      try Self.problem("[host a]\n" + values + "header=A:1").contains("more than \(ConfigurationLimits.values) values"))
  }

  @Test("No link is followed, and a FIFO is not waited for", .timeLimit(.minutes(1)))
  func natures() throws {
    for kind in ["link", "fifo", "directory", "out"] {
      let machine = try SandboxMachine()
      try machine.write("/etc/keyreeve/b", [])
      switch kind {
      case "link": try machine.link("/etc/keyreeve/a.conf", to: "b")
      case "fifo": try machine.makeFIFO("/etc/keyreeve/a.conf")
      case "directory": try machine.makeDirectory("/etc/keyreeve/a.conf")
      default: try machine.replaceByLink("/etc/keyreeve")
      }
      #expect(throws: ConfigurationError.self, "\(kind)") { try Self.read(machine) }
    }
  }

  @Test("The user's own files lie where the XDG base directories say")
  func ownPlace() throws {
    let machine = try SandboxMachine()
    try machine.write("/c/keyreeve/a.conf", [])
    try machine.write("/h/.config/keyreeve/b.conf", [])
    func files(_ environment: [String: String]) throws -> [String] { try Self.read(machine, environment).files }
    #expect(try files(["XDG_CONFIG_HOME": "/c", "HOME": "/h"]) == ["/c/keyreeve/a.conf"])
    #expect(try files(["XDG_CONFIG_HOME": "c", "HOME": "/h"]) == ["/h/.config/keyreeve/b.conf"])
    #expect(try files(["HOME": "h"]).isEmpty)
    #expect(try files([:]).isEmpty)
  }
}
