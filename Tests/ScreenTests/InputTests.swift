@testable import Screen
import Testing

@Suite struct InputTests {
  @Test(
    arguments: [
      (3, .interrupt), (8, .key(.backspace)), (127, .key(.backspace)), (9, .key(.tab)), (10, .key(.enter)),
      (13, .key(.enter)), (27, .key(.escape)), (0, .key(.control(" "))), (4, .key(.control("d"))),
      (26, .key(.control("z"))), (28, .key(.control("\\"))), (31, .key(.control("_"))), (0x41, .text("A")),
      (0xE9, .text("é")), (0x301, .text("\u{301}")),
    ] as [(UInt32, Event)])
  func whatIsTyped(value: UInt32, event: Event) {
    #expect(Event(typed: value) == event)
  }

  @Test(arguments: [0x80, 0x9B, 0x200B, 0x202E, 0xD800, 0xFEFF, 0x110000] as [UInt32])
  func whatCannotBeTyped(value: UInt32) {
    #expect(Event(typed: value) == nil)
  }

  @Test func aPasteIsKeptAsFarAsItsLimit() {
    var paste = PasteCollector(isIgnored: false)
    for _ in 0..<(Event.pasteLimit + 1) { paste.append(0x61) }
    #expect(paste.text.unicodeScalars.count == Event.pasteLimit)
  }

  @Test(arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")])
  func clipboardIsBase64(text: String, encoded: String) {
    let sequence = Clipboard.sequence(for: text)
    #expect(sequence == Array("\u{1B}]52;c;\(encoded)\u{7}".utf8))
  }

  @Test func aWatchNamesWhatItCannotWatch() {
    #expect(DirectoryWatch().watch(["/", "/does/not/exist"]) == ["/does/not/exist"])
  }
}
