import TestSupport
import Testing

/// What is pushed is signed, or it is a failure.
@Suite("keyreeve docker push", .serialized, SharedEngine(), .timeLimit(.minutes(10)))
struct PushTests {
  private let desk: EngineDesk

  init() throws { desk = try #require(EngineDesk.shared) }

  @Test("The first push makes the repository, once that is agreed to; docker pulls what was signed")
  func first() throws {
    let (owner, name) = (try desk.reader(), desk.name("first"))
    try desk.engine.makeImage("\(name):v1", holding: "first")
    let declined = try owner.keyreeve("push \(name):v1", status: 3)
    #expect(
      declined.errorText.contains(
        "not signed; to make the repository of signed tags and sign: keyreeve docker "))
    #expect(declined.errorText.hasSuffix(" --yes push \(name):v1\n"))
    let pushed = try owner.keyreeve(["--yes"], ["push", "\(name):v1"])
    #expect(pushed.text.contains("v1: digest: sha256:") && pushed.errorText.contains("made root key "))
    let digest = try #require(try owner.signed(name)["v1"])
    #expect(pushed.text.contains("tag v1: \(digest)"))
    #expect(try desk.reader().docker("pull \(name):v1").contains(digest))
    // And the next one asks nothing.
    try desk.engine.makeImage("\(name):v2", holding: "second")
    try owner.keyreeve("push \(name):v2")
    #expect(try owner.signed(name).keys.sorted() == ["v1", "v2"])
  }

  @Test("All tags are signed, which docker leaves unsigned without a word in its exit status")
  func all() throws {
    let (owner, name) = (try desk.reader(), desk.name("all-pushed"))
    for tag in ["b", "a"] { try desk.engine.makeImage("\(name):\(tag)", holding: tag) }
    #expect(try owner.docker("push -a \(name)").contains("skipping trust metadata push"))
    try owner.keyreeve(["--yes"], ["push", "-a", "\(name)"])
    #expect(try owner.signed(name).keys.sorted() == ["a", "b"])
  }

  @Test("Without its key nothing is called signed; docker says so of what it pushes again")
  func keyless() throws {
    let name = try desk.push(["v1"], to: "keyless")
    let stranger = try desk.reader()
    #expect(try stranger.docker("push \(name):v1").contains("Successfully signed"))
    let same = try stranger.keyreeve("push \(name):v1")
    #expect(same.text.contains("signed already, with what was pushed: \(name) v1"))
    try desk.engine.makeImage("\(name):v1", holding: "another")
    let before = try desk.owner.signed(name)
    let outcome = try stranger.keyreeve([], ["push", "\(name):v1"], status: 11)
    #expect(outcome.errorText.contains("is in the registry, and not signed"))
    #expect(try desk.owner.signed(name) == before)
  }

  @Test("What is quiet says the name alone, and signs; a document says what was signed")
  func quiet() throws {
    let name = try desk.push(["v1"], to: "quiet")
    try desk.engine.makeImage("\(name):v2", holding: "two")
    let outcome = try desk.owner.keyreeve("push -q \(name):v2")
    #expect(outcome.text == "\(name):v2\n" && outcome.errorText.contains("published \(name)"))
    try desk.engine.makeImage("\(name):v3", holding: "three")
    let document = try desk.owner.keyreeve(["--json"], ["push", "\(name):v3"])
    #expect(document.text.hasPrefix("{") && document.text.contains("keyreeve.publication/1"))
    #expect(try desk.owner.signed(name).keys.sorted() == ["v1", "v2", "v3"])
  }

  @Test("A push that fails is the engine's failure")
  func failing() throws {
    let outcome = try desk.owner.keyreeve("push \(desk.name("absent")):v1", status: 1)
    #expect(outcome.errorText.contains("nothing was signed"))
  }
}
