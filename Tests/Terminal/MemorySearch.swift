import TestSupport
import Testing

/// Where octets stand in the memory of another process.
enum MemorySearch {
  private static let script = """
    import re, sys
    count = 0
    wanted = bytes.fromhex(sys.argv[2])
    for line in open(f"/proc/{sys.argv[1]}/maps"):
        begin, end, mode = re.match(r"(\\w+)-(\\w+) (\\S+)", line).groups()
        if mode[0] != "r" or "[v" in line: continue
        with open(f"/proc/{sys.argv[1]}/mem", "rb", 0) as memory:
            memory.seek(int(begin, 16))
            try: count += memory.read(int(end, 16) - int(begin, 16)).count(wanted)
            except OSError: pass
    print(count)
    """

  /// How often a text stands there.
  static func count(_ text: String, in process: String) throws -> Int {
    let hexadecimal = Array(text.utf8).map { String(256 + Int($0), radix: 16).suffix(2) }.joined()
    let outcome = try ChildProcess.run(["python3", "-c", script, process, hexadecimal])
    return try #require(Int(outcome.text.dropLast()), "\(outcome.errorText)")
  }
}
