import ExampleMachine
import TestSupport
import Testing

/// That nothing of a key is left in memory once its file was looked at.
@Suite("Private keys in memory")
struct KeyMemoryTests {
  /// Stops the program in the middle of its output, when it has read every key, and looks for each key in its memory.
  ///
  /// Prints how many keys there are, how many of their public halves are found (so that the search is not blind), and how
  /// many of their private halves, as octets or as base64.
  private static let search = """
    import base64, re, subprocess, sys, time
    program, folder, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    needles, names = [], []
    for n in range(count):
        name = "%064x" % n
        pem = open(f"{folder}/private/{name}.key").read()
        body = "".join(l for l in pem.split("\\n") if "-" not in l)
        der = base64.b64decode(body)
        at = der.index(bytes.fromhex("0420")) + 2
        needles.append((der[at:at + 32], body[64:96].encode()))
        names.append(name.encode())
    child = subprocess.Popen([program, "content", "key", "list", "--json", "--trust-dir", folder], stdout=subprocess.PIPE)
    deadline = time.time() + 30
    while time.time() < deadline:
        call = open(f"/proc/{child.pid}/syscall").read().split()
        if call[:2] == ["1", "0x1"]:
            break
        time.sleep(0.02)
    else:
        sys.exit("the program did not stop in its output")
    memory = b""
    for line in open(f"/proc/{child.pid}/maps"):
        match = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line)
        if match and "[vvar" not in line:
            start, end = (int(m, 16) for m in match.groups())
            with open(f"/proc/{child.pid}/mem", "rb", 0) as f:
                f.seek(start)
                try:
                    memory += f.read(end - start)
                except OSError:
                    pass
    found = sum(1 for name in names if name in memory)
    leaked = sum(1 for scalar, text in needles if scalar in memory or text in memory)
    child.stdout.close()
    child.wait()
    print(count, found, leaked)
    """

  @Test("The program keeps no private half of a key that it has read")
  func nothingLeft() throws {
    let shop = try KeyShop()
    try shop.shell(
      """
      for n in $(seq 0 119); do
        openssl ecparam -name prime256v1 -genkey -noout -out trust/private/$(printf %064x $n).key
      done
      """)
    let outcome = try ChildProcess.run(
      ["python3", "-c", Self.search, Programs.keyreeveVerify, shop.path, "120"], timeout: 60)
    #expect(outcome.text == "120 120 0\n", "\(outcome.text)\(outcome.errorText)")
  }
}
