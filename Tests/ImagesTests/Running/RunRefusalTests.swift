import Glibc
import Images
import StrictJSON
import TestSupport
import Testing
import TrustModel
import TrustVerify

@Suite("Images that do not run") struct RunRefusalTests {
  /// A runtime that writes down what it was given, and runs nothing.
  private func runtime(_ desk: RunDesk) throws -> String {
    let seen = desk.shop.machine.located("/seen")
    let script = "#!/bin/sh\n[ \"$3\" = run ] || exit 0\nrm -rf \(seen); cp -a \"$5\" \(seen)\necho ran\n"
    return desk.shop.machine.located(try desk.shop.machine.write("/runtime", Array(script.utf8), mode: 0o755))
  }

  @Test func everyRunIsJudgedByTodaysKeys() throws {
    let desk = try RunDesk()
    let runtime = try runtime(desk)
    let record = try desk.store(ProgramImage())
    #expect(try desk.run(["--runtime", runtime, "example.com/box"]).text == "ran\n")
    #expect(try desk.run(["--runtime", runtime, record.id.short]).text == "ran\n")
    try desk.shop.machine.mask(desk.signer.fingerprint)
    let refused = try desk.run(["--runtime", runtime, "example.com/box"])
    #expect(
      refused.status == 13 && refused.text.isEmpty && refused.errorText.contains("disabled"), "\(refused.errorText)")
    let document = try JSON.parse(try desk.run(["--json", "--runtime", runtime, "example.com/box"]).output)
    #expect(document["schema"]?.string == "keyreeve.verdict/1" && document["reason"]?.string == "disabled")
    let insecure = try desk.run(["--runtime", runtime, "--insecure-options=image", "example.com/box"])
    #expect(insecure.status == 0 && insecure.text == "ran\n" && insecure.errorText.contains("warning"))
    #expect(desk.leftovers.isEmpty)
  }

  @Test func whatChangedInTheStoreIsNotUnpacked() throws {
    let desk = try RunDesk()
    let runtime = try runtime(desk)
    let image = ProgramImage()
    let record = try desk.store(image)
    let place = desk.shop.place(of: record.id) + "/image-1"
    // Another body of the same length, in a well-formed archive.
    let other = image.with { $0.entries = { tar in tar.add("rootfs/more", "0", [1]) } }.octets
    for octets in [other, Array(image.octets.dropLast(512))] {
      try desk.shop.machine.write(place, octets)
      for words in [["example.com/box"], ["--insecure-options=image", "example.com/box"]] {
        let refused = try desk.run(["--runtime", runtime] + words)
        #expect(refused.status == 15 && refused.text.isEmpty, "\(refused.status) \(refused.errorText)")
      }
    }
    #expect(desk.leftovers.isEmpty && desk.shop.machine.names(in: "/seen") == nil)
  }

  @Test func unsignedAndUnknownImagesDoNotRun() throws {
    let desk = try RunDesk()
    let runtime = try runtime(desk)
    let path = try desk.shop.put(ProgramImage().octets, at: "/plain.aci")
    #expect(try desk.run(["--runtime", runtime, path]).status == 10)
    let stranger = try desk.shop.put(ProgramImage().octets, signedBy: try Signer.fit(), at: "/strange.aci")
    #expect(try desk.run(["--runtime", runtime, stranger]).status == 12)
    let taken = try desk.run(["--runtime", runtime, "--insecure-options=image", path])
    #expect(taken.status == 0 && taken.errorText.contains("warning"))
    // It is recorded as that.
    #expect(try desk.run(["--runtime", runtime, "example.com/box"]).status == 12)
    #expect(try desk.shop.images.records().records.map(\.isUnverified) == [true])
  }

  @Test func wishesThatCannotBeMetAreRefused() throws {
    let desk = try RunDesk()
    let runtime = try runtime(desk)
    try desk.store(ProgramImage())
    try desk.store(ProgramImage(name: "example.com/lib", hasProgram: false), at: "/lib.aci")
    try desk.store(ProgramImage(name: "example.com/none", exec: "[]"), at: "/none.aci")
    try desk.store(
      ProgramImage(
        name: "example.com/odd",
        app: #","isolators":[{"name":"os/linux/capabilities-retain-set","value":{"set":["CAP_X"]}}]"#),
      at: "/odd.aci")
    for (words, status, part) in [
      (["--runtime", runtime, "example.com/lib"], Int32(2), "no program"),
      (["--runtime", runtime, "example.com/none"], 2, "--exec"),
      (["--runtime", runtime, "example.com/odd"], 18, "CAP_X"),
      (["--runtime", "/nowhere/runc", "example.com/box"], 1, "--runtime"),
      (["--memory", "much", "example.com/box"], 2, "--memory"),
      (["--hostname", "a b", "example.com/box"], 2, "--hostname"),
      (["--set-env", "=x", "example.com/box"], 2, "--set-env"), (["--net", "bridge", "example.com/box"], 2, "bridge"),
    ] {
      let outcome = try desk.run(words)
      #expect(
        outcome.status == status && outcome.errorText.contains(part), "\(words): \(outcome.status) \(outcome.errorText)"
      )
    }
    #expect(desk.leftovers.isEmpty)
  }

  @Test func theBundleSaysWhatTheManifestDoes() throws {
    let desk = try RunDesk()
    let runtime = try runtime(desk)
    try desk.store(
      ProgramImage(
        app:
          #","supplementaryGIDs":[7],"mountPoints":[{"name":"b","path":"/a/b"},{"name":"a","path":"/a"}],"isolators":[{"name":"os/linux/seccomp-retain-set","value":{"set":["read","write"]}},{"name":"os/linux/cpu-shares","value":512}]"#,
        user: "web", group: "web"))
    let outcome = try desk.run([
      "--runtime", runtime, "--cpu", "1.5", "--memory", "1Gi", "--readonly-rootfs", "example.com/box",
    ])
    #expect(outcome.status == 0, "\(outcome.errorText)")
    let json = try JSON.parse(try #require(desk.shop.machine.contents("/seen/config.json")))
    #expect(json["process"]?["user"] == ["uid": 500, "gid": 501, "additionalGids": [7]])
    #expect(json["process"]?["noNewPrivileges"] == true && json["root"]?["readonly"] == true)
    #expect(json["linux"]?["resources"]?["memory"] == ["limit": 1_073_741_824])
    #expect(json["linux"]?["resources"]?["cpu"] == ["period": 100_000, "quota": 150_000, "shares": 512])
    #expect(json["linux"]?["seccomp"]?["defaultAction"] == "SCMP_ACT_ERRNO")
    #expect(json["linux"]?["maskedPaths"]?.array?.contains("/proc/kcore") == true)
    let places = json["mounts"]?.array?.compactMap { $0["destination"]?.string?.text } ?? []
    #expect(places.suffix(2) == ["/a", "/a/b"])
  }
}
