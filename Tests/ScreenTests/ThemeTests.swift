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

  @Test(arguments: [Theme.light, .dark, .highContrast])
  func everyThemeLeavesTheSelectionAloneAndTellsRefusedFromAccepted(theme: Theme) {
    #expect(theme.style(.selection) == Style(.reverse))
    #expect(theme.style(.refused) != theme.style(.accepted))
    #expect(theme.suited(colours: 16, wanted: false).style(.accepted).foreground == nil)
  }

  @Test func brightColoursAreBoldOnesWhereThereAreEight() {
    #expect(Theme.dark.suited(colours: 16, wanted: true).style(.accepted) == Style(foreground: .brightGreen))
    #expect(Theme.dark.suited(colours: 8, wanted: true).style(.accepted) == Style(.bold, foreground: .green))
  }

  @Test func highContrastIsNeverDim() {
    for role in Theme.Role.allCases { #expect(!Theme.highContrast.style(role).attributes.contains(.dim)) }
  }

  @Test func aChosenColourIsTakenButNotInReverseVideo() {
    let theme = Theme.colour.with([.accepted: .yellow, .heading: Colour?.none, .selection: .red, .title: .red])
    #expect(theme.style(.accepted) == Style(foreground: .yellow))
    #expect(theme.style(.heading) == Style(.bold))
    #expect(theme.style(.selection) == Style(.reverse) && theme.style(.title).foreground == nil)
  }

  @Test func theWishForNoColourWins() {
    #expect(Theme.suited(colours: 256, wanted: false).style(.accepted).foreground == nil)
    #expect(Theme.suited(colours: 0, wanted: true).style(.accepted).foreground == nil)
    #expect(Theme.suited(colours: 8, wanted: true).style(.accepted).foreground == .green)
  }
}
