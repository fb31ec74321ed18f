import BuildFiles
import Testing
import TrustModel

/// Texts in which builders do not agree where an instruction begins, and limits.
@Suite("Dockerfiles that hide something")
struct DockerfileRefusalTests {
  private static func read(_ text: String) throws -> [String] { try DockerfileTests.read(text) }

  @Test(
    "Here-documents hide what is in them, and nothing behind them",
    arguments: [
      ("RUN <<EOF\nFROM evil\nEOF", 1), ("RUN cat <<EOF > x\nFROM evil\nEOF\nFROM b", 2),
      ("COPY <<A <<B /x/\nFROM 1\nB\nA\nFROM 2\nB\nFROM b", 2), ("RUN <<-EOF\nFROM evil\n\t\tEOF\nFROM b", 2),
      ("RUN <<EOF\n EOF\nEOF\nFROM b", 2), ("RUN <<'E F'\nFROM evil\nE F\nFROM b", 2),
      ("RUN <<\"EOF\"\r\nFROM evil\r\nEOF\r\nFROM b", 2), ("RUN 3<<EOF\nFROM evil\nEOF\nFROM b", 2),
      ("RUN cat <<<EOF\nFROM b\nEOF", 0), ("RUN cat <<<EOF\nFROM b", 2), ("RUN x\\ <<EOF\nFROM b", 2),
      ("RUN x<<EOF\nFROM b", 2), ("RUN '<<EOF'\nFROM b", 2),
      ("RUN [\"sh\", \"-c\", \"x\"] <<EOF\nFROM evil\nEOF", 0), ("RUN [\"<<EOF\"]\nFROM b", 2),
      ("RUN echo it's <<EOF\nFROM b", 2), ("RUN ${x^^} <<EOF\nFROM b", 2), ("RUN ${x%.y} <<EOF\nFROM evil\nEOF", 1),
      ("RUN ${x/a/b} <<EOF\nFROM evil\nEOF", 1), ("RUN $x <<EOF\nFROM evil\nEOF", 1), ("CMD <<EOF\nFROM b", 2),
      ("RUN --mount=from=b,target=/x <<EOF\nFROM evil\nEOF", 2), ("RUN \\\n<<EOF\nFROM evil\nEOF\n", 1),
      ("RUN \\<<EOF\nFROM b", 2), ("RUN <<\"\"\nFROM b", 2), ("RUN echo $((1<<2))\nFROM b", 2),
    ])
  func hereDocuments(_ text: String, _ count: Int) throws {
    if count == 0 {
      #expect(throws: BuildFileError.self) { try Self.read("FROM a\n" + text) }
    } else {
      #expect(try Self.read("FROM a\n" + text).count == count)
    }
  }

  @Test(
    "What builders read in different ways is refused, with the line",
    arguments: [
      ("FROM a\nRUN x \\\\\nFROM b", 2), ("FROM a\r\r\nRUN", 1), ("FROM a\nRUN << EOF\nEOF", 2),
      ("FROM a\nRUN <<$EOF\n$EOF", 2), ("FROM a\nRUN <<E\\F\nEF", 2), ("FROM a\nRUN ${x:-a <<E b}\nE", 2),
      ("FROM a\nRUN <<EOF\nEOF ", 2), ("FROM a\nCOPY --from b / /", 2), ("FROM a\nCOPY --from= / /", 2),
      ("FROM a\nCOPY --from=a --from=b / /", 2), ("FROM a\nCOPY --from=\u{e0}b / /", 2), ("FROM --platform= a", 1),
      ("FROM --platform=$X a", 1), ("FROM a b", 1), ("FROM a AS", 1), ("FROM a AS 1", 1), ("FROM a AS b c", 1),
      ("FROM", 1),
      ("RUN x\nFROM a", 1), ("ARG\nFROM a", 1), ("FROM a\nFRUM b", 2), ("FROM a\nONBUILD FROM b", 2),
      ("FROM a\n<<EOF", 2),
      ("FROM a\nONBUILD ONBUILD RUN x", 2), ("FROM a\nRUN --mount=\\\"from=b ls", 2), ("ARG =x\nFROM a", 1),
    ])
  func refusals(_ text: String, _ line: Int) throws {
    let error = try #require(throws: BuildFileError.self) { try Self.read(text) }
    #expect(error.line == line, "\(error)")
  }

  @Test("Nothing to build is refused", arguments: ["", "\n", "# x\n", "ARG a=b\n"])
  func empty(_ text: String) { #expect(throws: BuildFileError.self) { try Self.read(text) } }

  @Test("Limits hold, and one more does not")
  func limits() throws {
    func size(_ count: Int) -> String { "FROM a\n#" + String(repeating: "x", count: count - 8) }
    #expect(try Self.read(size(BuildFileLimits.octets)).count == 1)
    #expect(throws: BuildFileError.self) { try Self.read(size(BuildFileLimits.octets + 1)) }
    func lines(_ count: Int) -> String { "FROM a" + String(repeating: "\nRUN x", count: count - 1) }
    #expect(try Self.read(lines(BuildFileLimits.instructions)).count == 1)
    #expect(throws: BuildFileError.self) { try Self.read(lines(BuildFileLimits.instructions + 1)) }
    func stages(_ count: Int) -> String { String(repeating: "FROM a\n", count: count) }
    #expect(try Self.read(stages(BuildFileLimits.stages)).count == BuildFileLimits.stages)
    #expect(throws: BuildFileError.self) { try Self.read(stages(BuildFileLimits.stages + 1)) }
    func variables(_ count: Int) -> String { (0..<count).map { "ARG a\($0)=1\n" }.joined() + "FROM a" }
    #expect(try Self.read(variables(BuildFileLimits.variables)).count == 1)
    #expect(throws: BuildFileError.self) { try Self.read(variables(BuildFileLimits.variables + 1)) }
    func mounts(_ count: Int) -> String {
      "FROM a\nRUN " + String(repeating: "--mount=from=b ", count: count - 1) + "ls"
    }
    #expect(try Self.read(mounts(BuildFileLimits.mentions)).count == BuildFileLimits.mentions)
    #expect(throws: BuildFileError.self) { try Self.read(mounts(BuildFileLimits.mentions + 1)) }
    func nested(_ depth: Int) -> String {
      "FROM " + String(repeating: "${a:-", count: depth) + "b" + String(repeating: "}", count: depth)
    }
    #expect(try Self.read(nested(BuildFileLimits.expansionDepth)) == ["1:6 base b"])
    #expect(try Self.read(nested(BuildFileLimits.expansionDepth + 1))[0].contains("inside of each other"))
    // Twice as long with each line.
    let doubling = "ARG a0=xx\n" + (1...20).map { "ARG a\($0)=$a\($0 - 1)$a\($0 - 1)\n" }.joined() + "FROM a"
    #expect(throws: BuildFileError.self) { try Self.read(doubling) }
  }
}
