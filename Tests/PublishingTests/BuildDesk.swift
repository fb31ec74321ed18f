import Glibc
import Publishing
import TestSupport
import TrustModel

/// A folder to build images of, on a machine with other programs that read them.
final class BuildDesk {
  let folder: TemporaryDirectory

  static let manifest = """
    {"acKind":"ImageManifest","acVersion":"0.8.11","name":"example.com/hello","labels":[
    {"name":"version","value":"1.0"},{"name":"os","value":"linux"},{"name":"arch","value":"amd64"}]}
    """

  init(manifest: String = BuildDesk.manifest) throws {
    folder = try TemporaryDirectory(prefix: "kr-build")
    try folder.mkdir("image/rootfs/etc")
    try folder.write("image/manifest", Array(manifest.utf8))
  }

  var image: String { folder.path + "/image" }
  func path(_ name: String) -> String { folder.path + "/" + name }

  /// Runs a line of shell in the root file system.
  func shell(_ line: String) throws {
    let outcome = try ChildProcess.run(["sh", "-ec", line], directory: image + "/rootfs")
    guard outcome.status == 0 else { throw PublishingProblem(.failed, outcome.errorText) }
  }

  /// Names of every kind: links, long paths, holes, odd owners and modes; whole seconds, which actool would round.
  func fill() throws {
    let long = String(repeating: "l", count: 90)
    try shell(
      """
      echo one >etc/a; ln etc/a etc/b; ln -s a etc/c; ln -s /\(long)\(long) etc/far; mkfifo etc/pipe
      mkdir -p \(long)/\(long)/\(long); echo deep >\(long)/\(long)/\(long)/\(long)
      truncate -s 3M etc/hole; echo end >>etc/hole; chmod 4755 etc/a; chmod 1777 etc; : >etc/empty
      printf x >"$(printf 'etc/\\303\\251 \\377')"; chown 1234:4321 etc/empty
      find . -exec touch -h -d @1500000000 {} +; touch -d @1000000000 etc/empty
      """)
  }

  func build(_ output: String = "out.aci", _ change: (inout ImageBuild) -> Void = { _ in }) throws -> BuiltImage {
    var build = ImageBuild(image, output: path(output))
    change(&build)
    return try build.run()
  }

  /// Every entry of an archive as python's tarfile sees it, sorted.
  func listing(_ file: String) throws -> String {
    let script = """
      import sys, tarfile, hashlib
      t = tarfile.open(sys.argv[1])
      rows = []
      for m in t:
          body = hashlib.sha256(t.extractfile(m).read()).hexdigest() if m.isreg() else ''
          rows.append(repr((m.name, m.type, oct(m.mode & 0o7777), m.uid, m.gid, int(m.mtime), m.linkname, m.size, body, m.devmajor, m.devminor)))
      print('\\n'.join(sorted(rows)))
      """
    let outcome = try ChildProcess.run(["python3", "-c", script, path(file)])
    guard outcome.status == 0 else { throw PublishingProblem(.failed, outcome.errorText) }
    return outcome.text
  }
}

/// The problem that a call ends with.
func problem(_ body: () throws -> Void) -> PublishingProblem? {
  do {
    try body()
    return nil
  } catch {
    return error as? PublishingProblem ?? PublishingProblem(.failed, "another error: \(error)")
  }
}
