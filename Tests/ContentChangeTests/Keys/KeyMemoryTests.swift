import TestSupport
import Testing

/// Where passphrases and keys can be found in memory once they have been used; row S-06 of reference/security.md.
@Suite("Signing keys in memory", .timeLimit(.minutes(2)))
struct KeyMemoryTests {
  /// Stops the program in its output, when all is done, and looks for what it must not hold any more.
  ///
  /// Prints how often the role is found, so that the search is not blind, and how often each secret is.
  private static let search = """
    import base64, os, re, subprocess, sys, time
    role, words, program, *arguments = sys.argv[1:]
    lines = [w for w in words.split(",") if w]
    out, into = os.pipe()
    os.set_blocking(into, False)
    try:
        while True: os.write(into, b"x" * 4096)
    except BlockingIOError: pass
    os.set_blocking(into, True)
    child = subprocess.Popen(["prlimit", "--core=4096", program] + arguments, stdin=subprocess.PIPE, stdout=into)
    child.stdin.write("".join(l + "\\n" for l in lines).encode())
    child.stdin.flush()
    deadline = time.time() + 30
    while time.time() < deadline:
        if open(f"/proc/{child.pid}/syscall").read().split()[:2] == ["1", "0x1"]: break
        time.sleep(0.02)
    else: sys.exit("the program did not stop in its output")
    needles = [l.encode() for l in lines]
    folder = os.environ["KEYS"]
    for name in os.listdir(folder):
        text = open(folder + "/" + name).read()
        if "ENCRYPTED" in text: continue
        body = "".join(l for l in text.split("\\n") if "-" not in l and ":" not in l)
        der = base64.b64decode(body)
        at = der.index(bytes.fromhex("0420")) + 2
        needles += [der[at:at + 32], body[64:96].encode()]
    memory = b""
    for line in open(f"/proc/{child.pid}/maps"):
        match = re.match(r"([0-9a-f]+)-([0-9a-f]+) r", line)
        if match and "[v" not in line:
            start, end = (int(m, 16) for m in match.groups())
            with open(f"/proc/{child.pid}/mem", "rb", 0) as f:
                f.seek(start)
                try: memory += f.read(end - start)
                except OSError: pass
    core = next(l.split()[4] for l in open(f"/proc/{child.pid}/limits") if l.startswith("Max core"))
    print(core, memory.count(role.encode()) > 0, len(needles), [memory.count(n) for n in needles])
    child.kill()
    """

  private func look(_ desk: KeyDesk, _ words: [String], role: String, lines: [String]) throws -> String {
    let program = try #require(BuiltProgram.path("keyreeve"))
    let descriptor = lines.isEmpty ? [] : ["--passphrase-fd", "0"]
    let outcome = try ChildProcess.run(
      ["python3", "-c", Self.search, role, lines.joined(separator: ","), program, "content", "key"] + words + descriptor
        + ["--sysroot", desk.machine.path],
      environment: ChildProcess.cleanEnvironment.merging([
        "HOME": "/home", "DOCKER_CONFIG": "/home/.docker", "KEYS": desk.machine.located(KeyDesk.keys),
      ]) { $1 }, directory: desk.machine.located("/desk"))
    #expect(outcome.status == 0, "\(outcome.errorText)")
    return outcome.text
  }

  @Test("Nothing of a passphrase is left once a key is made, imported, or has another one")
  func passphrases() throws {
    let desk = try KeyDesk()
    let made = try look(
      desk, ["generate", "--role", "needle-role"], role: "needle-role", lines: ["battery-staple-0815"])
    #expect(made == "0 True 1 [0]\n")
    let id = String(try #require(desk.names.first).prefix(64))
    let changed = try look(
      desk, ["passwd", id], role: "needle-role", lines: ["battery-staple-0815", "correct-horse-4711"])
    #expect(changed == "0 True 2 [0, 0]\n")
    #expect(try desk.key(["remove", id, "--copy", "copy"]).status == 0)
    #expect(try look(desk, ["import", "copy"], role: "needle-role", lines: ["correct-horse-4711"]) == "0 True 1 [0]\n")
  }

  @Test("Nothing of a key is left, as octets or as text, also where its file is open")
  func keys() throws {
    let desk = try KeyDesk()
    let made = try look(desk, ["generate", "--role", "needle-role", "--no-passphrase"], role: "needle-role", lines: [])
    #expect(made == "0 True 2 [0, 0]\n")
    let name = try #require(desk.names.first)
    try desk.shell("cp ..\(KeyDesk.keys)/\(name) k; chmod 600 k; rm ..\(KeyDesk.keys)/\(name)")
    let imported = try look(desk, ["import", "k", "--no-passphrase"], role: "needle-role", lines: [])
    #expect(imported == "0 True 2 [0, 0]\n")
  }
}
