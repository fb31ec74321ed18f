/// A file with here-documents as builders read it that know of none: line by line, each an instruction.
///
/// BuildKit has here-documents since version 1.4 of its Dockerfiles, buildah since 1.33, the classic builder never. BuildKit and
/// the classic builder begin nothing where a line is no instruction, which the end of a here-document rarely is; buildah begins at
/// the top. Source: `instructions.Parse` of BuildKit; `Builder.Run` of openshift/imagebuilder.
struct FlatReading {
  private let file: [UInt8]
  private let escape: UInt8
  private let builder: BuildSettings.Builder

  init(_ file: [UInt8], escape: UInt8, _ builder: BuildSettings.Builder) {
    (self.file, self.escape, self.builder) = (file, escape, builder)
  }

  /// Compares it with the instructions beside the here-documents.
  ///
  /// - Throws: `BuildFileError` where such a builder would take other images.
  func check(_ instructions: [Instruction], hidden: [ClosedRange<Int>]) throws(BuildFileError) {
    guard let first = hidden.first?.lowerBound else { return }
    var reader = InstructionReader(file, escape: escape)
    var (isWhole, outside): (Bool, [Int]) = (true, [])
    var ahead = hidden[...]
    while let (text, line) = try reader.joined() {
      ahead = ahead.drop { $0.upperBound < line }
      let isHidden = ahead.first.map { $0.contains(line) } ?? false
      if !isHidden { outside.append(line) }
      if !Instruction.isKnown(text) { isWhole = false }
      if builder == .buildah, isHidden, takesImage(text, line: line) { throw Self.error(line) }
    }
    let isSame = outside == instructions.map(\.line)
    guard builder == .buildah ? isSame : !isWhole else { throw Self.error(first) }
  }

  private func takesImage(_ text: SourceText, line: Int) -> Bool {
    guard Instruction.isKnown(text) else { return false }
    guard let instruction = try? Instruction(text, line: line) else { return true }
    if instruction.word == "from" {
      let words = instruction.rest.words.map { $0.text.lowercased() }
      return words.count == 1 || words.count == 3 && words[1] == "as"
    }
    guard ["add", "copy", "run", "onbuild"].contains(instruction.word) else { return false }
    return text.text.lowercased().contains("from=")
  }

  private static func error(_ line: Int) -> BuildFileError {
    BuildFileError(
      line: line,
      "builders without here-documents take these lines for instructions, and for images what they name: COPY the text from a file"
    )
  }
}
