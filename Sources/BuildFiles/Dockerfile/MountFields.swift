/// The fields of `--mount=`, which are a line of comma-separated values.
struct MountFields {
  /// The values of `from`, with whether each stands there as it is meant.
  private(set) var sources: [(value: SourceText, isPlain: Bool)] = []

  init(_ option: Instruction.Option, line: Int) throws(BuildFileError) {
    for (field, isQuoted) in try Self.fields(option.value, line: line) {
      guard let equals = field.octets.firstIndex(of: UInt8(ascii: "=")),
        field[0..<equals].text.lowercased() == "from"
      else { continue }
      let value = field[(equals + 1)..<field.count]
      if !value.isEmpty { sources.append((value, option.isPlain && !isQuoted)) }
    }
  }

  private static func fields(_ text: SourceText, line: Int) throws(BuildFileError) -> [(SourceText, Bool)] {
    var fields: [(SourceText, Bool)] = []
    var index = 0
    while index <= text.count {
      guard index < text.count, text.octets[index] == UInt8(ascii: "\"") else {
        let end = text.octets[index...].firstIndex(of: UInt8(ascii: ",")) ?? text.count
        fields.append((text[index..<end], false))
        index = end + 1
        continue
      }
      guard let end = text.octets[(index + 1)...].firstIndex(of: UInt8(ascii: "\"")),
        end + 1 == text.count || text.octets[end + 1] == UInt8(ascii: ",")
      else { throw BuildFileError(line: line, "the quotes in --mount do not match", text.text) }
      fields.append((text[(index + 1)..<end], true))
      index = end + 2
    }
    return fields
  }
}
