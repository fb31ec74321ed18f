internal import CYAML

/// Builds a document from its parts, without going into itself.
struct YAMLBuilder {
  /// A list or mapping that has not ended.
  private struct Open {
    let isMapping: Bool
    let anchor: String?
    let line: Int
    let column: Int
    var values: [YAMLValue] = []
    var count = 1
    var depth = 0
  }

  /// The file, for the places of its values.
  let file: String?
  private(set) var error: BuildFileError?
  private var open: [Open] = []
  private var anchors: [String: YAMLValue] = [:]
  private var documents = 0
  private var root: YAMLValue?
  private var line = 1

  init(file: String?) { self.file = file }

  /// Takes the next part; false where the document is refused.
  mutating func take(_ part: kr_yaml_part) -> Bool {
    do throws(BuildFileError) {
      line = unsafe Int(clamping: part.line) + 1
      let column = unsafe Int(clamping: part.column) + 1
      let anchor = unsafe part.anchor.map { unsafe String(cString: $0) }
      if let tag = unsafe part.tag.map({ unsafe String(cString: $0) }), !tag.hasPrefix("tag:yaml.org,2002:"), tag != "!"
      {
        throw BuildFileError(line: line, "a tag that is not read here", tag)
      }
      switch unsafe part.kind {
      case KR_YAML_DOCUMENT: try begin()
      case KR_YAML_SCALAR:
        let text = unsafe UnsafeBufferPointer(start: part.text, count: part.length)
        let plain = unsafe part.is_plain != 0
        let content = unsafe YAMLValue.Content.scalar(String(decoding: text, as: UTF8.self), isPlain: plain)
        try add(YAMLValue(content: content, file: file, line: line, column: column, count: 1, depth: 0), anchor)
      case KR_YAML_ALIAS: try alias(anchor ?? "")
      case KR_YAML_END: try end()
      default:
        let isMapping = unsafe part.kind == KR_YAML_MAPPING
        guard open.count < BuildFileLimits.nesting else { throw tooDeep }
        open.append(Open(isMapping: isMapping, anchor: anchor, line: line, column: column))
      }
      return true
    } catch {
      self.error = error
      return false
    }
  }

  /// - Throws: `BuildFileError` where there is none.
  func document() throws(BuildFileError) -> YAMLValue {
    guard let root else { throw BuildFileError("it is empty") }
    return root
  }

  private mutating func begin() throws(BuildFileError) {
    documents += 1
    guard documents == 1 else { throw BuildFileError(line: line, "a second document begins") }
  }

  private mutating func alias(_ name: String) throws(BuildFileError) {
    guard let value = anchors[name] else { throw BuildFileError(line: line, "there is no anchor of this name", name) }
    try add(value, nil)
  }

  private mutating func end() throws(BuildFileError) {
    guard let last = open.popLast() else { return }
    let content: YAMLValue.Content = last.isMapping ? .mapping(try members(last)) : .sequence(last.values)
    let value = YAMLValue(
      content: content, file: file, line: last.line, column: last.column, count: last.count, depth: last.depth + 1)
    try add(value, last.anchor)
  }

  private mutating func add(_ value: YAMLValue, _ anchor: String?) throws(BuildFileError) {
    if let anchor { anchors[anchor] = value }
    guard !open.isEmpty else {
      root = value
      return
    }
    let last = open.count - 1
    open[last].values.append(value)
    open[last].depth = max(open[last].depth, value.depth)
    open[last].count += value.count
    guard open[last].count <= BuildFileLimits.values else {
      throw BuildFileError(
        line: line, "more than \(BuildFileLimits.values) values, those behind aliases counted each time")
    }
    guard open.count + value.depth <= BuildFileLimits.nesting else { throw tooDeep }
  }

  private var tooDeep: BuildFileError {
    BuildFileError(line: line, "lists and mappings inside of each other more than \(BuildFileLimits.nesting) deep")
  }

  /// The members of a mapping: each name once; what is merged stands behind what is written.
  private func members(_ mapping: Open) throws(BuildFileError) -> [(name: String, value: YAMLValue)] {
    var members: [(name: String, value: YAMLValue)] = []
    var names: Set<[UInt8]> = []
    var merged: [YAMLValue] = []
    for index in stride(from: 0, to: mapping.values.count - 1, by: 2) {
      let (key, value) = (mapping.values[index], mapping.values[index + 1])
      guard case .scalar(let name, let isPlain) = key.content else {
        throw BuildFileError(line: key.line, "a name that is no text")
      }
      guard names.insert(Array(name.utf8)).inserted else {
        throw BuildFileError(line: key.line, "this name stands there a second time", name)
      }
      if name == "<<", isPlain {
        merged = value.elements ?? [value]
      } else {
        members.append((name, value))
      }
    }
    for value in merged {
      guard value.isMapping else { throw BuildFileError(line: value.line, "<< takes in mappings alone") }
      for member in value.members where names.insert(Array(member.name.utf8)).inserted { members.append(member) }
    }
    return members
  }
}
