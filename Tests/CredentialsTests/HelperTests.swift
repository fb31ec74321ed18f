import Fetch
import Glibc
import TestSupport
import Testing

@testable import Credentials

/// Programs in place of docker's credential helpers.
@Suite("Credential helpers")
struct HelperTests {
  /// Runs a shell script as a helper and gives what came of it, as text.
  private static func ask(_ script: String, key: String = "host.example:5000", time: Int = 5_000) throws -> String {
    let folder = try TemporaryDirectory()
    let program = try folder.write("docker-credential-fake", Array("#!/bin/sh\n\(script)\n".utf8), mode: 0o755)
    return try ask(program: program, key: key, time: time).replacing(program, with: "HELPER")
  }

  private static func ask(program: String, key: String, time: Int) throws -> String {
    var helper = try CredentialProgram("fake", file: "the test")
    helper.program = program
    helper.time = time
    do throws(CredentialError) {
      guard let found = try helper.credential(for: key) else { return "nothing" }
      let secret = found.basic.flatMap { SecretBase64.decode($0) } ?? found.identityToken
      let text = secret.map { String(decoding: Array($0), as: UTF8.self) } ?? "-"
      return found.identityToken == nil ? text : "token " + text
    } catch {
      return "\(error)"
    }
  }

  private static let answer = #"printf '{"ServerURL":"x","Username":"alice","Secret":"s3\\u0026\\"t"}'"#

  @Test("The program is asked to get, with the registry and nothing else on its input")
  func asked() throws {
    #expect(
      try Self.ask(#"[ "$#$1" = 1get ] && printf '{"Username":"%s","Secret":"x"}' "$(od -An -c | tr -d ' \n')""#)
        == "host.example:5000:x")
  }

  @Test("A name with a password, an identity token, and nothing")
  func answers() throws {
    #expect(try Self.ask(Self.answer) == "alice:s3&\"t")
    #expect(try Self.ask(#"echo '{"Username":"<token>","Secret":"abc"}'"#) == "token abc")
    #expect(try Self.ask("echo credentials not found in native keychain; exit 1") == "nothing")
    #expect(try Self.ask(#"echo '{"Username":"a","Secret":""}'"#) == "nothing")
  }

  @Test("It inherits no descriptor but its three, and complains nowhere")
  func descriptors() throws {
    let file = open("/dev/null", O_RDONLY)
    // Without O_CLOEXEC, and above those that a shell uses itself.
    let higher = fcntl(file, F_DUPFD, 20)
    defer { for descriptor in [file, higher] { close(descriptor) } }
    let script = """
      echo noise >&2
      for f in 0 1 2 3 4 5 6 7 8 9 \(higher); do [ -e /proc/$$/fd/$f ] && names="$names$f "; done
      printf '{"Username":"%s","Secret":"x"}' "$names"
      """
    #expect(try Self.ask(script) == "0 1 2 :x")
  }

  @Test("A program that fails says why in its own words, unless they could hold a secret")
  func failures() throws {
    #expect(try Self.ask("echo the key ring is locked; exit 1") == "HELPER failed: the key ring is locked<U+000A>")
    #expect(try Self.ask("printf 'a\\033[2Jb'; exit 3") == "HELPER failed: a<U+001B>[2Jb")
    #expect(try Self.ask(Self.answer + "; exit 3") == "HELPER failed: exit status 3")
    #expect(try Self.ask("exit 2") == "HELPER failed: exit status 2")
    #expect(try Self.ask("kill -9 $$") == "HELPER failed: ended by signal 9")
  }

  @Test(
    "What is no answer is called so, and never shown",
    arguments: [
      ("echo s3cret", "is no JSON object"), ("true", "is no JSON object"), ("echo '[]'", "is no JSON object"),
      (#"echo '{"Username":"s3cret"}'"#, "without a Username and a Secret"),
      (#"echo '{"Username":1,"Secret":"s3cret"}'"#, "is no string"),
      (#"echo '{"Username":"a","Secret":"s3cret","Secret":"b"}'"#, "is no string"),
      (#"echo '{"Username":"a","Secret":"s3cret"} x'"#, "is no JSON object"),
    ])
  func rubbish(script: String, problem: String) throws {
    let said = try Self.ask(script)
    #expect(said.contains(problem) && !said.contains("s3cret"), "\(said)")
  }

  @Test("What it says is taken to the limit, and not one octet more")
  func limit() throws {
    func script(_ count: Int) -> String {
      let length = count - #"{"Username":"a","Secret":""}"#.utf8.count
      return #"printf '{"Username":"a","Secret":"'; head -c \#(length) /dev/zero | tr '\0' x; printf '"}'"#
    }
    let limit = CredentialLimits.helperOctets
    #expect(try Self.ask(script(limit)).hasPrefix("a:xxx"))
    #expect(try Self.ask(script(limit + 1)) == "HELPER says more than \(limit) octets")
    #expect(try Self.ask("cat /dev/zero") == "HELPER says more than \(limit) octets")
  }

  @Test("A program that hangs is ended with all that it started, whether or not it has answered")
  func hangs() throws {
    let folder = try TemporaryDirectory()
    let began = time(nil)
    for script in ["sleep 60", Self.answer + "; sleep 60", Self.answer + "; exec >&-; sleep 60", "sleep 60 & wait"] {
      let said = try Self.ask("echo $$ >>\(folder.path)/groups; " + script, time: 1_000)
      #expect(said == "HELPER said nothing for 1 seconds and was ended", "\(script)")
    }
    #expect(time(nil) - began < 20)
    let groups = try ChildProcess.run(["cat", folder.path + "/groups"]).text.split(separator: "\n").map(String.init)
    #expect(groups.count == 4)
    // State, parent and group of each process; what is dead may wait for whoever inherited it.
    let living = try ChildProcess.run([
      "sh", "-c", "cat /proc/[0-9]*/stat 2>/dev/null | sed 's/.*) //' | cut -d' ' -f1,3",
    ])
    let alive = living.text.split(separator: "\n").filter { !$0.hasPrefix("Z") && !$0.hasPrefix("X") }
    #expect(alive.count > 1)
    for group in groups { #expect(!alive.contains { $0.hasSuffix(" " + group) }) }
  }

  @Test("A file that is no program")
  func noProgram() throws {
    let folder = try TemporaryDirectory()
    let file = try folder.write("docker-credential-fake", Array("x".utf8), mode: 0o644)
    #expect(try Self.ask(program: file, key: "h", time: 1_000).contains("cannot be started: Permission denied"))
    #expect(try Self.ask(program: folder.path + "/none", key: "h", time: 1_000).contains("there is no program"))
  }
}
