import TestSupport
import Testing

/// What is pulled is what is signed, with a real engine, registry and notary-server.
@Suite("keyreeve docker pull", .serialized, SharedEngine(), .timeLimit(.minutes(10)))
struct PullTests {
  private let desk: EngineDesk

  init() throws { desk = try #require(EngineDesk.shared) }

  @Test("A tag is pulled by its signed digest and then has its name; its words are docker's")
  func tag() throws {
    let name = try desk.push(["v1"], to: "pulled")
    let digest = try #require(try desk.owner.signed(name)["v1"])
    try desk.forget("\(name):v1", "\(name)@\(digest)")
    let reader = try desk.reader()
    let outcome = try reader.keyreeve("pull \(name):v1")
    #expect(outcome.text.hasPrefix("Pull (1 of 1): \(name):v1@\(digest)\n"))
    #expect(outcome.errorText.contains("Tagging \(name)@\(digest) as \(name):v1"))
    #expect(try desk.identifier("\(name):v1") == desk.identifier("\(name)@\(digest)"))
    #expect(try reader.keyreeve("pull -q \(name):v1").text == "\(name):v1\n")
    let again = try reader.keyreeve(["--json"], ["pull", "-q", "\(name):v1"])
    #expect(again.text.contains("\"schema\": \"keyreeve.verdict/1\"") && again.text.contains(digest))
  }

  @Test("A tag that was moved in the registry stays what is signed (R-05)")
  func moved() throws {
    let name = try desk.push(["v1"], to: "moved")
    let digest = try #require(try desk.owner.signed(name)["v1"])
    try desk.engine.makeImage("\(name):v1", holding: "something else")
    try desk.owner.docker("push \(name):v1", trusting: false)
    try desk.forget("\(name):v1", "\(name)@\(digest)")
    let outcome = try desk.reader().keyreeve("pull \(name):v1")
    #expect(outcome.text.contains("@\(digest)"))
    #expect(try desk.identifier("\(name):v1") == desk.identifier("\(name)@\(digest)"))
  }

  @Test("What nobody signs is refused, and nothing is pulled")
  func unsigned() throws {
    let name = try desk.push(["v1"], to: "unsigned")
    try desk.engine.makeImage("\(name):v2", holding: "nobody's")
    try desk.owner.docker("push \(name):v2", trusting: false)
    try desk.forget("\(name):v2")
    let outcome = try desk.reader().keyreeve("pull \(name):v2", status: 10)
    #expect(outcome.text.isEmpty && outcome.errorText.contains("refused (unsigned)"))
    #expect(try desk.identifier("\(name):v2") == nil)
    // What is suggested asks the server that was asked here.
    let server = ["--server", desk.notary.address]
    #expect(
      try desk.reader().keyreeve(server, ["pull", "\(name):v2"], status: 10).errorText.contains(
        "keyreeve content list \(name) --server \(desk.notary.address)"))
    let document = try desk.reader().keyreeve(["--json"], ["pull", "\(desk.name("never")):v1"], status: 10)
    #expect(document.text.contains("\"reason\": \"unsigned\""))
    let skipped = try desk.reader().keyreeve("pull --disable-content-trust \(name):v2")
    #expect(skipped.errorText.contains("switches verification off") && skipped.text.contains("v2: Pulling from"))
  }

  @Test("All tags: the signed ones, and no others")
  func all() throws {
    let name = try desk.push(["b", "a"], to: "all")
    try desk.engine.makeImage("\(name):c", holding: "nobody's")
    try desk.owner.docker("push \(name):c", trusting: false)
    try desk.forget("\(name):a", "\(name):b", "\(name):c")
    let outcome = try desk.reader().keyreeve("pull -a \(name)")
    #expect(outcome.text.contains("Pull (1 of 2): \(name):a@") && outcome.text.contains("Pull (2 of 2): \(name):b@"))
    #expect(try desk.identifier("\(name):a") != nil && desk.identifier("\(name):c") == nil)
    #expect(try desk.reader().keyreeve("pull -a \(name):a", status: 2).errorText.contains("without a tag"))
  }

  @Test(
    "A digest beside a tag must be the signed one, which docker does not look at; a digest alone is taken with a warning"
  )
  func digests() throws {
    let name = try desk.push(["v1", "v2"], to: "digests")
    let signed = try desk.owner.signed(name)
    let (first, second) = (try #require(signed["v1"]), try #require(signed["v2"]))
    let reader = try desk.reader()
    try reader.keyreeve("pull \(name):v1@\(first)")
    try reader.docker("pull \(name):v1@\(second)")
    let refused = try reader.keyreeve("pull \(name):v1@\(second)", status: 17)
    #expect(refused.errorText.contains("what is signed as v1 is \(first)"))
    let plain = try reader.keyreeve("pull \(name)@\(second)")
    #expect(plain.errorText.contains("who signed it was not checked"))
  }

  @Test(
    "What is no reference is refused before anybody is asked (R-15)",
    arguments: [
      "a//b", "a/B", "app:", "-x", "app@sha256:abc", "x@sha256:\(String(repeating: "a", count: 64)):tag",
      String(repeating: "a", count: 256),
    ])
  func references(_ text: String) throws {
    let outcome = try desk.reader().keyreeve([], ["pull", "--", text], status: 2)
    #expect(outcome.errorText.hasPrefix("keyreeve docker: "))
  }
}
