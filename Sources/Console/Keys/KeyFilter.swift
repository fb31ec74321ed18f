internal import TrustModel

/// Terms that a row must match, all of them: words, `!word` for what must not match, and terms on one column.
struct KeyFilter: Sendable {
  /// The longest filter, in characters.
  static let limit = 80

  let text: String
  private let terms: [Term]
  /// Why a term cannot be understood; such a term is left out.
  let problem: String?

  var isEmpty: Bool { terms.isEmpty }

  init(_ text: String = "") {
    self.text = text
    var (terms, problem): ([Term], String?) = ([], nil)
    for word in text.lowercased().split(separator: " ") {
      do {
        terms.append(try Term(word))
      } catch {
        problem = problem ?? error.sentence
      }
    }
    (self.terms, self.problem) = (terms, problem)
  }

  /// The rows of an order that match.
  func matches(_ order: [Int32], in table: KeyTable, at now: Timestamp) -> [Int32] {
    terms.isEmpty ? order : order.filter { matches(Int($0), in: table, at: now) }
  }

  /// Whether one row matches.
  func matches(_ index: Int, in table: KeyTable, at now: Timestamp) -> Bool {
    terms.allSatisfy { $0.matches(index, in: table, at: now) }
  }

  /// Whether every row that matches this filter also matches a former one: it has the same words, and more.
  func narrows(_ former: KeyFilter) -> Bool {
    guard former.problem == nil, problem == nil, text.hasPrefix(former.text), terms.count >= former.terms.count else {
      return false
    }
    return zip(terms, former.terms).allSatisfy { $0.narrows($1) }
  }
}

extension KeyFilter {
  /// One term.
  struct Term: Sendable, Equatable {
    let isInverse: Bool
    let test: Test

    enum Test: Sendable, Equatable {
      case word([UInt8])
      case state(String)
      case scope([UInt8])
      case layer(Layer)
      case expires(KeyTerm)
    }

    /// Why a term cannot be understood.
    struct Misfit: Error {
      let sentence: String
    }

    init(_ word: Substring) throws(Misfit) {
      isInverse = word.hasPrefix("!")
      let rest = isInverse ? word.dropFirst() : word
      guard !rest.isEmpty else { throw Misfit(sentence: "! needs a word after it") }
      test = try Self.test(rest)
    }

    private static func test(_ word: Substring) throws(Misfit) -> Test {
      if word.hasPrefix("state:") { return .state(try state(word.dropFirst(6))) }
      if word.hasPrefix("scope:") { return .scope(Array(word.dropFirst(6).utf8)) }
      if word.hasPrefix("layer:") { return .layer(try layer(word.dropFirst(6))) }
      if word.hasPrefix("expires"), let sign = word.dropFirst(7).first, ":<>".contains(sign) {
        guard let term = KeyTerm(word.dropFirst(7)) else {
          throw Misfit(sentence: "expires takes <30d, >6m (d, w, m, y) or :never")
        }
        return .expires(term)
      }
      return .word(Array(word.utf8))
    }

    private static func state(_ word: Substring) throws(Misfit) -> String {
      let states = KeyRow.State.allCases.map { $0.rawValue.lowercased() }
      guard !word.isEmpty, states.contains(where: { $0.hasPrefix(word) }) else {
        throw Misfit(sentence: "state: takes " + states.joined(separator: ", "))
      }
      return word.uppercased()
    }

    private static func layer(_ word: Substring) throws(Misfit) -> Layer {
      if word == "local" { return .administrator }
      if word == "vendor" { return .distribution }
      throw Misfit(sentence: "layer: takes local or vendor")
    }

    func matches(_ index: Int, in table: KeyTable, at now: Timestamp) -> Bool {
      isInverse != isMet(index, in: table, at: now)
    }

    private func isMet(_ index: Int, in table: KeyTable, at now: Timestamp) -> Bool {
      switch test {
      case .word(let word): table.text.contains(word, row: index)
      case .scope(let start): table.text.begins(with: start, row: index)
      case .state(let start): table.rows[index].state.rawValue.hasPrefix(start)
      case .layer(.administrator): table.rows[index].local != nil
      case .layer(.distribution): table.rows[index].vendor != nil
      case .expires(let term): term.matches(table.rows[index].health, at: now)
      }
    }

    /// Whether this matches nothing that `former` does not match.
    func narrows(_ former: Term) -> Bool {
      guard !isInverse, !former.isInverse else { return self == former }
      switch (test, former.test) {
      case (.word(let word), .word(let start)): return word.starts(with: start)
      case (.scope(let scope), .scope(let start)): return scope.starts(with: start)
      case (.state(let state), .state(let start)): return state.hasPrefix(start)
      default: return self == former
      }
    }
  }
}
