import Testing
import TrustModel

@Suite("Command lines to copy")
struct ShellTextTests {
  @Test(
    "What a shell would take for its own stands in quotes, and what a terminal would act on is visible",
    arguments: [
      ("keyreeve", "keyreeve"), ("a b", "'a b'"), ("a;touch PWN;#", "'a;touch PWN;#'"), ("$(id)", "'$(id)'"),
      ("it's", "'it'\\''s'"), ("", "''"), ("a\u{1b}b", "'a<U+001B>b'"), ("/etc/x-1.2_3", "/etc/x-1.2_3"),
    ])
  func quoted(word: String, text: String) {
    #expect(ShellText.line([word]) == text)
  }
}
