import Images
import TestSupport
import Testing
import TrustModel
import TrustVerify

@Suite("What images stand on") struct DependencyRunTests {
  private let desk: RunDesk
  private let runtime: String
  /// The id of the second image below.
  private let second: ImageID
  private let image: ProgramImage

  /// An image over two others, the second of which takes some of its own files away.
  init() throws {
    let desk = try RunDesk()
    let seen = desk.shop.machine.located("/seen")
    let script = "#!/bin/sh\n[ \"$3\" = run ] || exit 0\nrm -rf \(seen); cp -a \"$5\" \(seen)\n"
    runtime = desk.shop.machine.located(try desk.shop.machine.write("/runtime", Array(script.utf8), mode: 0o755))
    func library(_ name: String, _ names: [String], more: String = "") throws -> ImageRecord {
      try desk.store(
        ProgramImage(name: "example.com/" + name, more: more, hasProgram: false) { tar in
          for file in names { tar.add("rootfs/" + file, "0", Array(name.utf8)) }
        }, at: "/\(name).aci")
    }
    let one = try library("one", ["both", "one", "top"])
    let two = try library(
      "two", ["both", "two", "dir/kept", "dir/lost"], more: #","pathWhitelist":["/both","/dir/kept"]"#)
    let list = [one, two].map { #"{"imageName":"\#($0.name)","imageID":"\#($0.id)"}"# }.joined(separator: ",")
    image = ProgramImage(more: #","dependencies":[\#(list)]"#) { tar in
      tar.add("rootfs/top", "0", Array("top".utf8))
    }
    (self.desk, second) = (desk, two.id)
  }

  private func seen(_ name: String) -> String? {
    desk.shop.machine.contents("/seen/rootfs/" + name).map { String(decoding: $0, as: UTF8.self) }
  }

  private func run(_ record: ImageRecord) throws -> ChildProcess.Outcome {
    try desk.run(["--runtime", runtime, record.id.short])
  }

  @Test func theyComeBelowInTheirOrder() throws {
    #expect(try run(desk.store(image)).status == 0)
    #expect(seen("both") == "two" && seen("one") == "one" && seen("top") == "top" && seen("dir/kept") == "two")
    #expect(seen("two") == nil && seen("dir/lost") == nil && seen("bin/busybox") != nil)
    #expect(desk.leftovers.isEmpty)
  }

  @Test func theWhitelistOfTheImageCountsForAll() throws {
    let white = image.with { $0.more += #","pathWhitelist":["/bin/busybox","one","/data/"]"# }
    let outcome = try run(desk.store(white))
    #expect(outcome.status == 0, "\(outcome.errorText)")
    #expect(desk.shop.machine.names(in: "/seen/rootfs") == ["bin", "data", "one"])
    #expect(desk.shop.machine.names(in: "/seen/rootfs/bin") == ["busybox"])
  }

  @Test func everyOneOfThemIsJudged() throws {
    let record = try desk.store(image)
    try desk.shop.machine.write(desk.shop.place(of: second) + "/image-1", ProgramImage().octets)
    #expect(try run(record).status == 15)
    try desk.shop.writer.remove(second, force: true)
    let missing = try run(record)
    #expect(missing.status == 11 && missing.errorText.contains("fetch it again"), "\(missing.errorText)")
    #expect(desk.leftovers.isEmpty && desk.shop.machine.names(in: "/seen") == nil)
  }
}
