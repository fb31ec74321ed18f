import ExampleMachine
import Images
import Screen
import Stores
import TestSupport
import Testing
import TrustModel
import TrustVerify

/// The images of the store: then and today, read again, removed.
@Suite("Images in the console")
struct ImageTests {
  private typealias Step = ScriptedTerminal.Step

  private func seeded() throws -> ExampleMachine {
    let machine = try ExampleMachine(images: true)
    try SeededStore.write(on: machine)
    return machine
  }

  @Test("The verdict of today follows the keys, the one then stays")
  func todayFollows() async throws {
    let machine = try seeded()
    let release = try ExampleKey.release.fingerprint()
    let mask = machine.sandbox.located("/etc/rkt/trustedkeys/prefix.d/example.com/\(release)")
    let run = try await ConsoleRun(
      Steps.image + [.picture("before"), .outside { try Outside.write(mask) }, .until("refused (disabled)")],
      on: machine)
    #expect(run.picture("before").position(of: "Today        accepted") != nil)
    #expect(run.frame.position(of: "Then         accepted") != nil)
  }

  @Test("What another process fetches or removes appears by itself, and the cursor stays on its image")
  func watched() async throws {
    let machine = try seeded()
    let path = machine.path
    let keyreeve = Programs.keyreeve
    let environment = machine.environment
    let command: @Sendable ([String]) throws -> Void = { words in
      // The console shows the store of root; so must the program that changes it.
      let outcome = try ChildProcess.run([keyreeve] + words, environment: environment)
      guard outcome.status == 0 else { throw SeededStore.Refused(message: outcome.errorText) }
    }
    let run = try await ConsoleRun(
      Steps.images + Steps.type("G")
        + [.outside { try command(["fetch", path + "/images/hello.aci"]) }, .until("5 images"), .gone("being judged")]
        + [.picture("more"), .outside { try command(["image", "rm", "builder.example/app"]) }, .until("4 images")],
      on: machine)
    for grid in [run.picture("more"), run.frame] {
      let cursor = try #require(grid.cursor)
      #expect(grid.text(ofRow: cursor.row).contains("old.example/report"), "\(grid.text())")
    }
  }

  @Test("An image that was removed meanwhile is said to be gone, and nothing can be done to it")
  func gone() async throws {
    let machine = try seeded()
    let writer = ImageStoreWriter(SeededStore.images(of: machine))
    let report = try #require(try writer.images.records().records.first { $0.name.description == "old.example/report" })
    let run = try await ConsoleRun(
      Steps.images + Steps.type("G") + [.enter, .until("Id")]
        + [.outside { try writer.remove(report.id) }, .until("no longer in the store")] + Steps.type("vD"), on: machine)
    #expect(run.frame.position(of: "GONE") != nil)
  }

  @Test("v reads every octet again: an image that changed is tampered", arguments: [false, true])
  func verify(isChanged: Bool) async throws {
    let machine = try seeded()
    let images = SeededStore.images(of: machine)
    let hello = try #require(try images.records().records.first { $0.name.description == "example.com/hello" })
    if isChanged {
      try machine.sandbox.write("\(images.store.place(of: hello.id))/image-1", [UInt8](repeating: 7, count: 3584))
    }
    let run = try await ConsoleRun(
      Steps.images + Steps.type("gjv") + [.until(isChanged ? "(tampered)" : "Read again   accepted")]
        + [.escape] + Steps.type("kkGv") + [.until("Read again   refused (unfit)")], on: machine)
    #expect(run.frames.contains { $0.position(of: "was read again") != nil })
    #expect(try SeededStore.references(on: machine).count == 4)
  }

  @Test("Enter alone never removes an image; its button does, and the log of keys is not touched")
  func remove() async throws {
    let machine = try seeded()
    let open: [Step] = Steps.images + Steps.type("GD") + [.until("[ Cancel ]")]
    let before = try machine.fingerprint()
    _ = try await ConsoleRun(open + [.enter, .until("Nothing was removed."), .enter, .enter], on: machine)
    _ = try await ConsoleRun(open + [.tab, .escape, .until("Nothing was removed.")], on: machine)
    #expect(try machine.fingerprint() == before)
    let run = try await ConsoleRun(open + [.tab, .enter, .until("Removed old.example/report:12")], on: machine)
    #expect(try SeededStore.references(on: machine).count == 3)
    #expect(try run.journal().isEmpty)
  }

  @Test("From the detail an image is removed too, and the detail says so")
  func removeFromDetail() async throws {
    let machine = try seeded()
    let run = try await ConsoleRun(
      Steps.images + Steps.type("G") + [.enter, .until("Id")] + Steps.type("D") + [.until("[ Cancel ]"), .tab, .enter]
        + [.until("no longer in the store")], on: machine)
    #expect(run.frame.position(of: "[ Remove ]") == nil)
  }

  @Test("An image that others stand on offers nothing but Cancel")
  func needed() async throws {
    let machine = try seeded()
    let run = try await ConsoleRun(
      Steps.image + Steps.type("D") + [.until("NEEDED BY"), .picture("plan"), .tab, .tab, .enter]
        + [.until("Nothing was removed.")], on: machine)
    #expect(run.picture("plan").position(of: "Remove ]") == nil)
    #expect(try SeededStore.references(on: machine).count == 4)
  }

  @Test("Where another image came to stand on it after the plan was shown, it stays")
  func neededMeanwhile() async throws {
    let machine = try ExampleMachine(images: true)
    let writer = ImageStoreWriter(SeededStore.images(of: machine))
    let digest = try ChildProcess.run(["sha512sum", machine.path + "/images/hello.aci"]).text.prefix(128)
    let tools = try SeededStore.file(
      "example.com/tools", "2", by: .release, on: machine,
      dependencies: #"{"imageName":"example.com/hello","imageID":"sha512-\#(digest)"}"#)
    let run = try await ConsoleRun(
      Steps.fetch("images/hello.aci") + [.until("Verdict")] + Steps.type("4") + [.until("1 image:")] + Steps.type("D")
        + [.until("[ Cancel ]"), .tab]
        + [
          .outside { _ = try SeededStore.fetch(tools, into: writer) }, .enter, .until("is needed by example.com/tools"),
        ],
      on: machine, size: Size(rows: 24, columns: 160))
    #expect(try SeededStore.references(on: machine).count == 2, "\(run.frame.text())")
  }

  @Test("A record that cannot be read is shown, and can be removed")
  func damaged() async throws {
    let machine = try seeded()
    try SeededStore.damage(machine)
    let run = try await ConsoleRun(
      Steps.images + Steps.type("Gv") + [.until("cannot be read")] + Steps.type("D") + [
        .until("[ Cancel ]"), .tab, .enter,
      ]
        + [.until("Removed sha512-0123456789ab")], on: machine)
    #expect(try SeededStore.images(of: machine).records().problems.isEmpty)
    #expect(run.frames.contains { $0.position(of: "1 damaged or unclear") != nil })
  }

  @Test("Read-only, fetching and removing name the command instead; reading again works")
  func readOnly() async throws {
    let machine = try seeded()
    let before = try machine.fingerprint()
    let run = try await ConsoleRun(
      Steps.images + Steps.type("GD") + [.until("keyreeve image rm sha512-"), .picture("remove")] + Steps.type("f")
        + [.until("keyreeve fetch NAME")] + Steps.type("v") + [.until("Read again   refused (unfit)")], on: machine,
      isReadOnly: true)
    #expect(run.picture("remove").position(of: "Read-only here") != nil)
    #expect(try machine.fingerprint() == before)
  }

  @Test("Everything about an image can be read in the smallest window", arguments: [Size.full, FrameTests.smallest])
  func scroll(size: Size) async throws {
    let machine = try seeded()
    let run = try await ConsoleRun(
      Steps.image + (0..<40).map { _ in .event(.text("j")) } + [.event(.text("G"))], on: machine, size: size)
    let shown = run.frames.map { $0.text() }.joined()
    for words in ["VERDICTS", "WHERE IT CAME FROM", "Needed by", "SIGNATURES"] { #expect(shown.contains(words)) }
    #expect(run.frame.position(of: "2024-01-01T00:00:00Z") != nil)
    #expect(run.frame.position(of: "-- more") == nil)
  }

  @Test("The whole id is copied")
  func copy() async throws {
    let machine = try seeded()
    let run = try await ConsoleRun(Steps.images + Steps.type("gjy") + [.until("Copied")], on: machine)
    let hello = try SeededStore.images(of: machine).find("example.com/hello")
    #expect(run.copied == [hello.id.description])
  }

  @Test("A view that is open already is gone back to, not opened again")
  func oneOfEach() async throws {
    let run = try await ConsoleRun(
      Steps.images + Steps.type("3") + [.until("Log")] + Steps.type("4") + [.until("[4:Images]")] + Steps.type("3434q")
        + [.until("4:Images")])
    #expect(run.frame.position(of: "STATE") != nil)
  }
}
