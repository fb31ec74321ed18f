/// Text with the variables of the environment put in, as compose does: `$X`, `${X:-default}`, `$$` for a `$`.
struct Interpolation {
  let environment: (String) -> String?
  /// Octets of a text with its variables.
  var limit = BuildFileLimits.text

  /// The text with its variables.
  ///
  /// - Throws: `BuildFileError` for a form that there is not, for a variable that must have a value and has none, and for more than the
  ///   limits allow.
  func text(_ text: String, line: Int?) throws(BuildFileError) -> String {
    try String(decoding: run(Array(text.utf8), from: 0, isInner: false, depth: 0, line: line).result, as: UTF8.self)
  }

  private func run(
    _ text: [UInt8], from start: Int, isInner: Bool, depth: Int, line: Int?
  ) throws(BuildFileError) -> (result: [UInt8], end: Int) {
    guard depth <= BuildFileLimits.expansionDepth else {
      throw BuildFileError(
        line: line, "variables inside of each other more than \(BuildFileLimits.expansionDepth) deep")
    }
    var (result, index) = ([UInt8](), start)
    while index < text.count {
      if isInner, text[index] == UInt8(ascii: "}") { return (result, index + 1) }
      if text[index] == UInt8(ascii: "$") {
        let (value, end) = try variable(text, at: index, depth: depth, line: line)
        result += value
        index = end
      } else {
        result.append(text[index])
        index += 1
      }
      guard result.count <= limit else {
        throw BuildFileError(line: line, "more than \(limit) octets with its variables")
      }
    }
    guard !isInner else { throw BuildFileError(line: line, "a variable has no closing brace") }
    return (result, index)
  }

  private func variable(
    _ text: [UInt8], at start: Int, depth: Int, line: Int?
  ) throws(BuildFileError) -> ([UInt8], Int) {
    let next = start + 1 < text.count ? text[start + 1] : 0
    if next == UInt8(ascii: "$") { return ([next], start + 2) }
    let isBraced = next == UInt8(ascii: "{")
    let begin = start + (isBraced ? 2 : 1)
    let end =
      text[min(begin, text.count)...].firstIndex { !VariableName.isName([UInt8(ascii: "a"), $0]) } ?? text.count
    guard begin < end, VariableName.isName(Array(text[begin..<end])) else {
      throw BuildFileError(line: line, "a $ without a variable: $$ stands for a $")
    }
    let name = String(decoding: text[begin..<end], as: UTF8.self)
    let value = environment(name)
    guard isBraced else { return (Array((value ?? "").utf8), end) }
    guard end < text.count else { throw BuildFileError(line: line, "a variable has no closing brace") }
    if text[end] == UInt8(ascii: "}") { return (Array((value ?? "").utf8), end + 1) }
    return try form(text, of: name, at: end, depth: depth, line: line)
  }

  /// `${name-word}` and the like, from behind the name.
  private func form(
    _ text: [UInt8], of name: String, at end: Int, depth: Int, line: Int?
  ) throws(BuildFileError) -> ([UInt8], Int) {
    let value = environment(name)
    let emptyIsUnset = text[end] == UInt8(ascii: ":")
    let sign = end + (emptyIsUnset ? 1 : 0)
    guard sign < text.count, "+-?".utf8.contains(text[sign]) else {
      throw BuildFileError(line: line, "a form of ${…} that compose does not have", name)
    }
    let (other, behind) = try run(text, from: sign + 1, isInner: true, depth: depth + 1, line: line)
    let isSet = emptyIsUnset ? value?.isEmpty == false : value != nil
    switch text[sign] {
    case UInt8(ascii: "-"): return (isSet ? Array((value ?? "").utf8) : other, behind)
    case UInt8(ascii: "+"): return (isSet ? other : [], behind)
    default:
      guard isSet else {
        throw BuildFileError(line: line, "variable \(name) has no value", String(decoding: other, as: UTF8.self))
      }
      return (Array((value ?? "").utf8), behind)
    }
  }
}
