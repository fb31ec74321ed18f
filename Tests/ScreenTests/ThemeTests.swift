import Screen
import Testing

@Suite struct ThemeTests {
  @Test(arguments: Theme.Role.allCases)
  func monoHasNoColours(role: Theme.Role) {
    #expect(Theme.mono.style(role).foreground == nil)
  }

  @Test(arguments: [Theme.colour, Theme.mono])
  func aSelectionIsReverseInTheTerminalsOwnColours(theme: Theme) {
    #expect(theme.style(.selection) == Style(.reverse))
  }

  @Test(arguments: Theme.Role.allCases)
  func coloursCanBeReadOnDarkAndLight(role: Theme.Role) {
    let unreadable: [Colour] = [.black, .white, .brightBlack, .brightWhite, .yellow, .brightYellow]
    if let colour = Theme.colour.style(role).foreground { #expect(!unreadable.contains(colour)) }
  }

  @Test func refusedIsNotOnlyAColour() {
    #expect(Theme.mono.style(.refused) != Theme.mono.style(.accepted))
    #expect(Theme.mono.style(.warning) != Theme.mono.style(.accepted))
  }

  @Test func theWishForNoColourWins() {
    #expect(Theme.suited(colours: 256, wanted: false).style(.accepted).foreground == nil)
    #expect(Theme.suited(colours: 0, wanted: true).style(.accepted).foreground == nil)
    #expect(Theme.suited(colours: 8, wanted: true).style(.accepted).foreground == .green)
  }
}
