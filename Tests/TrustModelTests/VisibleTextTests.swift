import Testing
import TrustModel

@Suite struct VisibleTextTests {
  @Test(arguments: [
    ("Example <a@example.com>", "Example <a@example.com>"), ("a\u{1b}[2Jb", "a<U+001B>[2Jb"),
    ("a\nb\tc", "a<U+000A>b<U+0009>c"),
    ("\u{9b}31m", "<U+009B>31m"), ("\u{202e}evil", "<U+202E>evil"), ("a\u{200b}b\u{200d}", "a<U+200B>b<U+200D>"),
    ("\u{e0041}", "<U+E0041>"), ("\u{feff}", "<U+FEFF>"), ("日本", "日本"), ("é", "é"), ("\u{2028}", "<U+2028>"),
    ("\u{fe0f}", "<U+FE0F>"), ("\u{a0}", "<U+00A0>"), ("\u{ad}", "<U+00AD>"),
  ])
  func `shows what a terminal would act on or hide`(_ text: String, _ shown: String) {
    #expect(VisibleText(text).description == shown)
    #expect(VisibleText(octets: Array(text.utf8)).description == shown)
    #expect(VisibleText(text).hadHiddenCharacters == (text != shown))
  }

  @Test func `shows octets that are no UTF-8`() {
    #expect(VisibleText(octets: [0x61, 0xff, 0x62]).description == "a<0xFF>b")
    #expect(VisibleText(octets: [0xe2, 0x82]).description == "<0xE2><0x82>")
    #expect(VisibleText(octets: [0xc0, 0x80]).description == "<0xC0><0x80>")
  }

  @Test func `cuts long text and heaps of marks`() {
    #expect(VisibleText("abcdef", limit: 3).description == "abc…")
    #expect(VisibleText("abc", limit: 3).description == "abc")
    let heap = "e" + String(repeating: "\u{301}", count: 10_000)
    #expect(VisibleText(heap).hadHiddenCharacters)
  }

  @Test func `lets no control character through, whatever the octets`() {
    var state: UInt64 = 1
    for _ in 0..<500 {
      let octets = (0..<64).map { _ -> UInt8 in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 33)
      }
      let shown = VisibleText(octets: octets).description
      #expect(
        !shown.unicodeScalars.contains { $0.value < 0x20 || (0x7f..<0xa0).contains($0.value) || $0.value == 0x202e })
    }
  }
}
