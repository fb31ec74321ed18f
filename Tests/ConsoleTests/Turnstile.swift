/// Lets a few consoles run at a time: each waits for GnuPG, and dozens together would wait for each other.
actor Turnstile {
  static let consoles = Turnstile(places: 3)

  private var places: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(places: Int) { self.places = places }

  func enter() async {
    guard places == 0 else { return places -= 1 }
    await withCheckedContinuation { waiting.append($0) }
  }

  func leave() {
    guard waiting.isEmpty else { return waiting.removeFirst().resume() }
    places += 1
  }
}
