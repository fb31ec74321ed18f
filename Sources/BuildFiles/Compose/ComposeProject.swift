/// The services of a compose file and of those that it includes, with what they extend taken in.
struct ComposeProject {
  /// A service, the file that names it, and everything that is said of it.
  struct Service {
    let name: String
    /// Nil for the compose file itself.
    let file: String?
    var value: YAMLValue
  }

  private let settings: ComposeSettings
  private var documents: [String: YAMLValue] = [:]
  private(set) var services: [Service] = []
  var gaps: [ComposeGap] = []
  /// Values that were gone through to merge services.
  private var mergedCount = 0

  init(_ settings: ComposeSettings) { self.settings = settings }

  /// Takes in the services of a file, and of those that it includes.
  ///
  /// - Throws: `BuildFileError`.
  mutating func add(_ octets: [UInt8], file: String?) throws(BuildFileError) {
    let root = try YAMLDocument(octets, file: file).root
    guard root.isMapping else { throw BuildFileError(line: root.line, "it is no mapping") }
    documents[file ?? ""] = root
    for included in try list(root["include"]) { try include(included, from: file) }
    guard let all = root["services"] else {
      guard file != nil || root["include"] != nil else { throw BuildFileError("it has neither services nor include") }
      return
    }
    guard all.isMapping || all.isNull else { throw BuildFileError(line: all.line, "services is no mapping") }
    for (name, value) in all.members {
      guard value.isMapping else { throw BuildFileError(line: value.line, "the service is no mapping", name) }
      guard services.count < BuildFileLimits.services else {
        throw BuildFileError(line: value.line, "more than \(BuildFileLimits.services) services")
      }
      let service = Service(name: name, file: file, value: value)
      services.append(try extended(service, in: root, depth: 0))
    }
  }

  private func list(_ value: YAMLValue?) throws(BuildFileError) -> [YAMLValue] {
    guard let value, !value.isNull else { return [] }
    guard let elements = value.elements else { throw BuildFileError(line: value.line, "include is no list") }
    return elements
  }

  private mutating func include(_ value: YAMLValue, from file: String?) throws(BuildFileError) {
    let paths = value.isMapping ? value["path"] : value
    for path in paths?.elements ?? [paths].compactMap(\.self) {
      let written = try Interpolation(environment: settings.environment).text(path.text ?? "", line: path.line)
      let name = FilePath.joined(FilePath.folder(file), written)
      guard !value.isMapping || value.members.allSatisfy({ $0.name == "path" }) else {
        gap(file, path.line, "include of \(name)", "it has options that are not read here")
        continue
      }
      guard documents[name] == nil else { continue }
      guard let octets = followed(name, from: file, line: path.line, "include of") else { continue }
      do throws(BuildFileError) {
        try add(octets, file: name)
      } catch {
        gap(name, error.line ?? 1, "the file", error.problem)
      }
    }
  }

  /// The octets of another file; nil with a gap where there are none to be had.
  private mutating func followed(_ name: String, from file: String?, line: Int, _ purpose: String) -> [UInt8]? {
    guard documents.count < BuildFileLimits.files else {
      gap(file, line, "\(purpose) \(name)", "more than \(BuildFileLimits.files) files")
      return nil
    }
    switch settings.read(name) {
    case .octets(let octets): return octets
    case .absent: gap(file, line, "\(purpose) \(name)", "there is no such file")
    case .refused(let cause): gap(file, line, "\(purpose) \(name)", cause)
    }
    return nil
  }

  private mutating func gap(_ file: String?, _ line: Int, _ what: String, _ cause: String) {
    gaps.append(ComposeGap(file: file, line: line, description: "\(what): \(cause)"))
  }

  /// A service with what it extends behind its own words.
  private mutating func extended(
    _ service: Service, in root: YAMLValue, depth: Int
  ) throws(BuildFileError) -> Service {
    guard let value = service.value["extends"], !value.isNull else { return service }
    guard depth < BuildFileLimits.extensions else {
      throw BuildFileError(line: value.line, "services extend each other more than \(BuildFileLimits.extensions) deep")
    }
    let interpolation = Interpolation(environment: settings.environment)
    let name = try interpolation.text(value.text ?? value["service"]?.text ?? "", line: value.line)
    var (home, file) = (root, service.file)
    if let path = value["file"]?.text {
      let other = FilePath.joined(FilePath.folder(service.file), try interpolation.text(path, line: value.line))
      guard let found = try document(other, from: service.file, line: value.line) else { return service }
      (home, file) = (found, other)
    }
    guard let base = home["services"]?[name], base.isMapping else {
      gap(service.file, value.line, "extends \(name)", "there is no such service")
      return service
    }
    let whole = try extended(Service(name: name, file: file, value: base), in: home, depth: depth + 1)
    guard file == service.file || whole.value["build"] == nil else {
      gap(
        service.file, value.line, "extends \(name)", "it is built from another folder: check \(file ?? "it") by itself")
      return service
    }
    return Service(name: service.name, file: service.file, value: try merged(service.value, over: whole.value))
  }

  private mutating func document(_ name: String, from file: String?, line: Int) throws(BuildFileError) -> YAMLValue? {
    if let known = documents[name] { return known }
    guard let octets = followed(name, from: file, line: line, "extends a service of") else { return nil }
    do throws(BuildFileError) {
      let root = try YAMLDocument(octets, file: name).root
      documents[name] = root
      return root
    } catch {
      gap(name, error.line ?? 1, "the file", error.problem)
      return nil
    }
  }

  /// A service's own words stand before those of the one that it extends; mappings are merged name by name.
  private mutating func merged(_ own: YAMLValue, over base: YAMLValue) throws(BuildFileError) -> YAMLValue {
    var members = own.members
    mergedCount += members.count + base.members.count
    guard mergedCount <= BuildFileLimits.values else {
      throw BuildFileError(line: own.line, "what services extend has more than \(BuildFileLimits.values) values")
    }
    var places: [[UInt8]: Int] = [:]
    for (index, member) in members.enumerated() { places[Array(member.name.utf8)] = index }
    for (name, value) in base.members where !name.utf8.elementsEqual("extends".utf8) {
      guard let index = places[Array(name.utf8)] else {
        members.append((name, value))
        continue
      }
      if members[index].value.isMapping, value.isMapping {
        members[index].value = try merged(members[index].value, over: value)
      } else if let own = members[index].value.elements, let other = value.elements {
        // What stands last counts, where the same thing is said twice.
        mergedCount += own.count + other.count
        members[index].value = members[index].value.with(elements: other + own)
      }
    }
    return own.with(members)
  }
}
