import ContentChange
import Testing
import TrustModel

@testable import Console

/// The choice of a new passphrase as a value.
@Suite("Choosing a passphrase")
struct PassphraseChoiceTests {
  private func octets(_ text: String) -> SecretOctets { SecretOctets(Array(text.utf8)) }

  /// Types both times.
  private func typed(_ first: String, _ second: String) -> PassphraseChoice {
    var choice = PassphraseChoice()
    choice.begin()
    guard choice.take(.given(octets(first))) else { return choice }
    _ = choice.take(.given(octets(second)))
    return choice
  }

  @Test("It is taken when it was typed twice, and only then")
  func twice() throws {
    let taken = try #require(typed("correct horse", "correct horse").taken)
    #expect(taken.elementsEqual("correct horse".utf8))
    let differs = typed("correct horse", "correct hors")
    #expect(differs.taken == nil && differs.problem?.contains("not the same") == true)
    var open = PassphraseChoice()
    open.begin()
    #expect(open.taken == nil && open.isTyping)
    let wantsMore = open.take(.given(octets("correct horse")))
    #expect(wantsMore && open.taken == nil && open.isTyping)
  }

  @Test("7 characters are too few, 8 are taken; a blank at an end is not")
  func limit() {
    #expect(typed("1234567", "1234567").problem?.contains("fewer than 8") == true)
    #expect(typed("1234567x", "1234567x").taken != nil)
    #expect(typed("1234567x ", "1234567x ").problem?.contains("blank") == true)
  }

  @Test("Words that were drawn are taken when they were typed back; something else shows them again")
  func drawn() throws {
    let words = octets("one two three")
    var choice = PassphraseChoice { words }
    choice.drawWords()
    #expect(choice.taken == nil && !choice.isTyping)
    choice.typeBack()
    #expect(choice.isTyping)
    let wantsMore = choice.take(.given(octets("one two four")))
    #expect(!wantsMore && choice.taken == nil && choice.problem?.contains("something else") == true)
    guard case .drawn = choice.stage else { return #expect(Bool(false), "the words are not shown again") }
    choice.typeBack()
    _ = choice.take(.given(octets("one two three")))
    #expect(choice.taken === words)
  }

  @Test("Esc while typing leaves none; of words that were drawn it shows them again")
  func cancelled() {
    var choice = PassphraseChoice()
    choice.begin()
    _ = choice.take(.given(octets("correct horse")))
    _ = choice.take(.cancelled)
    #expect(choice.taken == nil && !choice.isTyping)
    choice.drawWords()
    choice.typeBack()
    _ = choice.take(.cancelled)
    guard case .drawn = choice.stage else { return #expect(Bool(false), "the words are not shown again") }
  }

  @Test("What was chosen is gone from memory once it is forgotten, and nothing describes it")
  func forgotten() throws {
    var choice = PassphraseChoice()
    weak var seen: SecretOctets?
    do {
      let octets = octets("correct horse")
      seen = octets
      choice.begin()
      _ = choice.take(.given(octets))
      _ = choice.take(.given(self.octets("correct horse")))
    }
    #expect(seen != nil && choice.taken === seen)
    #expect(!"\(choice)".contains("correct") && !PassphraseLines(choice).lines.contains { $0.text.contains("correct") })
    choice.forget()
    #expect(seen == nil)
  }
}
