import TestSupport
import Testing

/// Images that stand elsewhere on a command line: of services, and mounted ones.
@Suite("Services and mounted images", .timeLimit(.minutes(5)))
struct ServiceTests {
  private let pinned = "example.com/a@\(SignedNames.digest)"

  @Test("A service is made, and given another image, by the signed digest")
  func services() throws {
    let (engine, notary) = try SignedNames.engine(signing: ["example.com/a"])
    defer { withExtendedLifetime(notary) {} }
    #expect(
      try engine.keyreeve(["service", "create", "--name", "x", "example.com/a:v1", "sh", "example.com/a:v1"]).status
        == 7)
    let created = "service create --name x example.com/a:v1@\(SignedNames.digest) sh example.com/a:v1"
    #expect(try engine.words() == created.split(separator: " ").map(String.init))
    #expect(try engine.keyreeve(["service", "update", "--image=example.com/a:v1", "-d", "x"]).status == 7)
    #expect(try engine.words().contains("--image=example.com/a:v1@\(SignedNames.digest)"))
    for words in [["create", "example.com/a:v2"], ["update", "--image", "example.com/a:v2", "x"]] {
      #expect(try engine.keyreeve(["service"] + words).status == 10)
    }
  }

  @Test("An image that is mounted is one like any other")
  func mounted() throws {
    let (engine, notary) = try SignedNames.engine(signing: ["example.com/a"])
    defer { withExtendedLifetime(notary) {} }
    let started = ["run", "--pull=never", "--mount", "type=bind,source=/a,target=/b"]
    let ours = try engine.keyreeve(
      started + ["--mount", "type=image,source=example.com/a:v1,target=/m", "example.com/a:v1", "x"])
    #expect(ours.status == 7, "\(ours.errorText)")
    let words = try engine.words()
    #expect(words.contains("type=image,source=\(pinned),target=/m") && words.contains("type=bind,source=/a,target=/b"))
    #expect(words.suffix(2) == [pinned, "x"])
    let other = try engine.keyreeve(started + ["--mount=type=image,src=example.com/a:v2,dst=/m", "example.com/a:v1"])
    #expect(other.status == 10 && other.errorText.contains("v2 of example.com/a"))
  }

  @Test("What is signed and not in the registry is the engine's failure, and gets no name")
  func absent() throws {
    let (engine, notary) = try SignedNames.engine(signing: ["example.com/a"])
    defer { withExtendedLifetime(notary) {} }
    let outcome = try engine.keyreeve(["pull", "example.com/a:v1"])
    #expect(outcome.status == 7 && outcome.text == "Pull (1 of 1): example.com/a:v1@\(SignedNames.digest)\n")
    #expect(try !engine.words().contains("tag"))
  }
}
