import Stores
import TestSupport
import Testing

/// Sections `[repository NAME]`: what the roots of content trust are anchored in.
@Suite("Sections for repositories")
struct RepositorySectionTests {
  private static let id = String(repeating: "0a", count: 32)

  private func read(_ texts: String...) throws -> Configuration {
    let machine = try SandboxMachine()
    for (index, text) in texts.enumerated() { try machine.write("/etc/keyreeve/\(index).conf", Array(text.utf8)) }
    return try Configuration(sysroot: Sysroot(machine.path)) { _ in nil }
  }

  private func problem(_ text: String) throws -> String {
    do {
      _ = try read(text)
      return "none"
    } catch let error as ConfigurationError {
      return "\(error)"
    }
  }

  @Test("Names keep their case, keys repeat within one file, and a later file replaces them")
  func values() throws {
    let name = "[repository Example.com/Team/*]\n"
    let first = name + "root-key = \(Self.id)\nroot-key = \(Self.id.uppercased())\nfirst-use = no\n"
    let configuration = try read(first)
    #expect(configuration.repositories == ["Example.com/Team/*"])
    #expect(configuration.values(.rootKey, in: .repository("Example.com/Team/*")).count == 2)
    let later = try read(first, name + "root-key = \(Self.id)\n")
    #expect(later.values(.rootKey, in: .repository("Example.com/Team/*")).count == 1)
    #expect(later.value(.firstUse, in: .repository("Example.com/Team/*"))?.text == "no")
  }

  @Test(
    "What a section for a repository cannot hold is an error with its line",
    arguments: [
      ("root-key = \(id)0", "64 hexadecimal digits"), ("root-key = \(id.dropLast())", "64 hexadecimal digits"),
      ("root-key = \(id.dropLast())g", "64 hexadecimal digits"), ("first-use = maybe", "none of yes, no, ask"),
      ("root-authority = x.pem", "not an absolute path"), ("ca-bundle = /x", "there is no ca-bundle"),
      ("first-use = no\nfirst-use = no", "stands in this file twice"),
    ])
  func bad(text: String, problem: String) throws {
    let found = try self.problem("[repository a/b]\n" + text)
    #expect(found.contains("0.conf:") && found.contains(problem), "\(found)")
  }

  @Test("Pins stand in no other section", arguments: ["[fetch]", "[host a]", "[console]"])
  func elsewhere(section: String) throws {
    #expect(try problem(section + "\nroot-key = \(Self.id)").contains("there is no root-key"))
    #expect(try problem("[repository]\n").contains("no such section"))
  }
}
