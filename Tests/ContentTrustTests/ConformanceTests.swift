import ExampleMachine
import Glibc
import TestSupport
import Testing

/// The conformance tests of The Update Framework against the engine, in its TUF 1.0 dialect.
///
/// The suite is somebody else's: `TUF_CONFORMANCE` names the folder that it was unpacked in, and `TUF_CONFORMANCE_PYTHON` a
/// Python that has what its pyproject.toml asks for. Source: reference/security.md, section 1.
@Suite("Conformance with The Update Framework")
struct ConformanceTests {
  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  @Test("Every test of the suite passes, none of them expected to fail")
  func suite() throws {
    guard let folder = Self.variable("TUF_CONFORMANCE") else {
      print("skipped: the conformance tests of The Update Framework; TUF_CONFORMANCE=FOLDER runs them")
      return
    }
    let python = Self.variable("TUF_CONFORMANCE_PYTHON") ?? "python3"
    let client = try #require(BuiltProgram.path("tuf-client"))
    let run = try ChildProcess.run(
      [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tuf_conformance", "--entrypoint", client],
      directory: folder, timeout: 600)
    let last = run.text.split(separator: "\n").last.map(String.init) ?? ""
    print("conformance: \(last)")
    #expect(run.status == 0, "\(run.text.suffix(4_000))\(run.errorText)")
    #expect(last.contains(" passed") && !last.contains("failed") && !last.contains("xfailed"))
  }

  @Test("A client that always succeeds, and one that always fails, do not pass: the suite can tell")
  func stubs() throws {
    guard let folder = Self.variable("TUF_CONFORMANCE") else { return }
    let python = Self.variable("TUF_CONFORMANCE_PYTHON") ?? "python3"
    for stub in ["/bin/true", "/bin/false"] {
      let run = try ChildProcess.run(
        [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tuf_conformance", "--entrypoint", stub],
        directory: folder, timeout: 600)
      #expect(run.status == 1, "\(stub)")
    }
  }
}
