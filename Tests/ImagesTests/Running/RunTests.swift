import Glibc
import Images
import TestSupport
import Testing
import TrustModel

@Suite("Running images", .enabled(if: RunDesk.canRun)) struct RunTests {
  @Test func exitStatusAndOutputAreTheProgramsAndNothingIsLeft() throws {
    let desk = try RunDesk()
    try desk.store(ProgramImage())
    let outcome = try desk.shell("echo out; echo err >&2; exit 7")
    #expect(outcome.status == 7 && outcome.text == "out\n" && outcome.errorText == "err\n")
    #expect(desk.leftovers.isEmpty)
  }

  @Test func theEnvironmentIsRktsUnderTheManifestsUnderThePersons() throws {
    let desk = try RunDesk()
    try desk.store(
      ProgramImage(
        app: #","environment":[{"name":"A","value":"image"},{"name":"B","value":"image"}],"workingDirectory":"/data""#,
        user: "web", group: "web"))
    let outcome = try desk.shell("env; pwd; id; hostname", ["--set-env", "B=mine", "--hostname", "bert"])
    for line in [
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "SHELL=/bin/sh", "USER=web", "LOGNAME=web",
      "HOME=/home/web", "AC_APP_NAME=box", "A=image", "B=mine", "/data", "uid=500(web) gid=501(web)", "bert",
    ] { #expect(outcome.text.split(separator: "\n").contains(Substring(line)), "\(line)") }
  }

  @Test func programAndWordsCanBeNamed() throws {
    let desk = try RunDesk()
    try desk.store(ProgramImage(exec: #"["/bin/echo","one"]"#))
    #expect(try desk.run(["example.com/box", "--", "two"]).text == "one two\n")
    #expect(try desk.run(["--exec", "/bin/echo", "example.com/box", "--", "-n", "three"]).text == "three")
    #expect(try desk.run(["--user", "/data", "--group", "501", "example.com/box"]).status == 0)
    let unknown = try desk.run(["--user", "nobody-here", "example.com/box"])
    #expect(unknown.status == 1 && unknown.errorText.contains("/etc/passwd"), "\(unknown.errorText)")
  }

  @Test func capabilitiesAreDroppedAndNoneAreGained() throws {
    let desk = try RunDesk()
    try desk.store(ProgramImage())
    let usual = try desk.shell("grep -E 'CapEff|CapBnd|NoNew' /proc/self/status").text
    #expect(usual.contains("CapEff:\t00000000a80425fb") && usual.contains("NoNewPrivs:\t1"), "\(usual)")
    let set = #","isolators":[{"name":"os/linux/capabilities-retain-set","value":{"set":["CAP_NET_BIND_SERVICE"]}}]"#
    try desk.store(ProgramImage(name: "example.com/few", app: set, user: "500", group: "500"), at: "/few.aci")
    let few = try desk.shell("grep -E 'CapEff|CapBnd' /proc/self/status", image: "example.com/few").text
    #expect(few.contains("CapEff:\t0000000000000400") && few.contains("CapBnd:\t0000000000000400"), "\(few)")
    let user = try desk.shell("grep CapEff /proc/self/status", ["--user", "500"]).text
    #expect(user.contains("CapEff:\t0000000000000000"), "\(user)")
  }

  @Test func isolatorsAreAppliedAndTheOthersNamed() throws {
    let desk = try RunDesk()
    try desk.store(
      ProgramImage(
        app: """
          ,"isolators":[{"name":"resource/memory","value":{"limit":"64Mi","request":"1Mi"}},
          {"name":"resource/cpu","value":{"limit":"500m"}},{"name":"os/linux/oom-score-adj","value":100},
          {"name":"os/linux/seccomp-remove-set","value":{"set":["mkdir","mkdirat","@rkt/default-blacklist"],"errno":"ENOSYS"}},
          {"name":"os/linux/no-new-privileges","value":false},{"name":"resource/network-bandwidth","value":{"limit":"1M"}}],
          "eventHandlers":[{"name":"pre-start","exec":["/bin/true"]}]
          """))
    let outcome = try desk.shell(
      "cat /proc/self/oom_score_adj; mkdir /tmp/x 2>&1; grep NoNew /proc/self/status; read line",
      ["--volume", "cg,kind=host,source=/sys/fs/cgroup,readOnly=true", "--mount", "volume=cg,target=/cg"])
    #expect(outcome.text.contains("100\n") && outcome.text.contains("Function not implemented"), "\(outcome.text)")
    #expect(outcome.text.contains("NoNewPrivs:\t0"))
    for part in ["request for 1Mi", "@rkt/default-blacklist", "resource/network-bandwidth", "pre-start"] {
      #expect(outcome.errorText.contains(part), "\(part): \(outcome.errorText)")
    }
    let limits = try desk.shell(
      "n=$(grep -E ':memory:|^0::' /proc/self/cgroup | head -n1 | cut -d: -f3); cat /cg/memory$n/memory.limit_in_bytes /cg$n/memory.max 2>/dev/null; true",
      [
        "--volume", "cg,kind=host,source=/sys/fs/cgroup,readOnly=true", "--mount", "volume=cg,target=/cg", "--memory",
        "32Mi",
      ])
    #expect(limits.text.contains("33554432"), "\(limits.text)\(limits.errorText)")
  }

  @Test func volumesAreMounted() throws {
    let desk = try RunDesk()
    let points = #","mountPoints":[{"name":"work","path":"/scratch"},{"name":"fixed","path":"/fixed","readOnly":true}]"#
    try desk.store(ProgramImage(app: points, user: "500", group: "500"))
    try desk.shop.machine.makeDirectory("/srv")
    try desk.shop.machine.setMode("/srv", 0o777)
    let source = desk.shop.machine.located("/srv")
    let outcome = try desk.shell(
      "touch /scratch/mine && echo made; touch /fixed/x 2>&1; touch /data2/y && echo kept",
      [
        "--volume", "fixed,kind=host,source=\(source)", "--volume", "more,kind=host,source=\(source)", "--mount",
        "volume=more,target=/data2",
      ])
    #expect(
      outcome.text == "made\ntouch: /fixed/x: Read-only file system\nkept\n", "\(outcome.text)\(outcome.errorText)")
    #expect(desk.shop.machine.names(in: "/srv") == ["y"])
    let unknown = try desk.run(["--volume", "none,kind=empty", "example.com/box"])
    #expect(unknown.status == 2 && unknown.errorText.contains("work, fixed"))
    let missing = try desk.run(["--volume", "work,kind=host,source=/nowhere", "example.com/box"])
    #expect(missing.status == 1 && missing.errorText.contains("/nowhere"))
    #expect(desk.leftovers.isEmpty)
  }

  @Test func theNetworkIsItsOwnUnlessTheMachinesIsAskedFor() throws {
    let desk = try RunDesk()
    try desk.store(ProgramImage())
    #expect(try desk.shell("ls /sys/class/net").text == "lo\n")
    let host = try desk.shell("ls /sys/class/net | wc -l; cat /etc/hosts", ["--net=host"])
    #expect(host.status == 0 && host.text.contains("localhost"), "\(host.errorText)")
  }

  @Test func theRootFileSystemCanBeKeptFromWriting() throws {
    let desk = try RunDesk()
    try desk.store(ProgramImage())
    #expect(try desk.shell("touch /x && echo yes").text == "yes\n")
    #expect(try desk.shell("touch /x 2>&1", ["--readonly-rootfs"]).text.contains("Read-only file system"))
  }

  @Test func inputIsReadOnlyWhereItIsAskedFor() throws {
    let desk = try RunDesk()
    try desk.store(ProgramImage())
    let words = ["example.com/box", "--", "-c", "cat; echo end"]
    #expect(try desk.run(["-i"] + words, input: Array("hi\n".utf8)).text == "hi\nend\n")
    #expect(try desk.run(words, input: Array("hi\n".utf8)).text == "end\n")
  }

  @Test func deepTreesThatAProgramMadeAreTakenAway() throws {
    let desk = try RunDesk()
    try desk.store(ProgramImage())
    let outcome = try desk.shell(
      "i=0; while [ $i -lt 400 ]; do mkdir d && cd -P d || exit 1; i=$((i+1)); done; touch f; chmod 0 /d; echo deep")
    #expect(outcome.text == "deep\n" && desk.leftovers.isEmpty, "\(outcome.errorText)")
  }
}
