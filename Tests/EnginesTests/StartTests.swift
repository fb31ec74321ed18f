import TestSupport
import Testing

/// What is run is what is signed, and all else is the engine's.
@Suite("keyreeve docker run and create", .serialized, SharedEngine(), .timeLimit(.minutes(10)))
struct StartTests {
  private let desk: EngineDesk

  init() throws { desk = try #require(EngineDesk.shared) }

  @Test("The container is that of the signed digest, and its words and exit status are handed through")
  func run() throws {
    let name = try desk.pushProgram(to: "run")
    let digest = try #require(try desk.owner.signed(name)["v1"])
    try desk.forget("\(name):v1", "\(name)@\(digest)")
    let reader = try desk.reader()
    let outcome = try reader.keyreeve("run --rm --network none --name said \(name):v1 7 --rm \(name):v2", status: 7)
    #expect(outcome.text == "7\n--rm\n\(name):v2\n")
    #expect(outcome.errorText.contains("Tagging \(name)@\(digest) as \(name):v1"))
    let created = try reader.keyreeve("create --network none --name made \(name):v1 0")
    #expect(created.text.utf8.count == 65)
    let image = try reader.docker("container inspect --format {{.Config.Image}} made", trusting: false)
    #expect(image == "\(name)@\(digest)\n")
    #expect(try reader.keyreeve("start -a made").text == "0\n")
    // Pulled a second time where that is wished, and the container's own words stay.
    let always = try reader.keyreeve("run --pull always --rm --network=none \(name):v1 0 --pull")
    #expect(always.text.hasSuffix("0\n--pull\n") && always.errorText.contains("Tagging"))
    try desk.forget("made", "\(name):v1", "\(name)@\(digest)")
  }

  @Test(
    "What nobody signs is not run, whatever the policy; what was signed but is not here is not pulled where that is forbidden"
  )
  func refused() throws {
    let name = try desk.pushProgram(to: "refused")
    let digest = try #require(try desk.owner.signed(name)["v1"])
    for line in ["run --rm", "run --pull=never", "create", "container run -d", "container create"] {
      let outcome = try desk.reader().keyreeve("\(line) \(name):v2 0", status: 10)
      #expect(outcome.errorText.contains("refused (unsigned)"), "\(line)")
    }
    try desk.forget("\(name):v1", "\(name)@\(digest)")
    #expect(try desk.reader().keyreeve("run --pull never \(name):v1", status: 125).errorText.contains(digest))
    let odd = try desk.reader().keyreeve("run --odd \(name):v1", status: 2)
    #expect(odd.errorText.contains("--odd"))
  }

  @Test("An id and a digest are taken, with a word on what was not checked")
  func identifiers() throws {
    let name = try desk.pushProgram(to: "identifiers")
    let digest = try #require(try desk.owner.signed(name)["v1"])
    let id = try #require(try desk.identifier("\(name):v1"))
    for image in [id, String(id.dropFirst(7)), String(id.dropFirst(7).prefix(12)), "\(name)@\(digest)"] {
      let outcome = try desk.reader().keyreeve("run --rm --network none \(image) 3", status: 3)
      #expect(outcome.text == "3\n" && outcome.errorText.contains("warning: "), "\(image)")
    }
  }

  @Test("With DOCKER_CONTENT_TRUST=0 it is verified all the same")
  func variable() throws {
    let name = try desk.pushProgram(to: "variable")
    let reader = try desk.reader()
    reader.variables["DOCKER_CONTENT_TRUST"] = "0"
    try reader.keyreeve("run --rm \(name):v2 0", status: 10)
    reader.variables["DOCKER_CONTENT_TRUST"] = "1"
    try reader.keyreeve("run --rm --network none \(name):v1 0")
  }
}
