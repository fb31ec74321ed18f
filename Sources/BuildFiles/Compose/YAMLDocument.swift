internal import CYAML

/// The one document of a YAML text: names once, aliases and merged mappings taken in, nothing beyond the limits.
struct YAMLDocument {
  let root: YAMLValue

  /// - Throws: `BuildFileError` with the line.
  init(_ octets: [UInt8], file: String? = nil) throws(BuildFileError) {
    guard octets.count <= BuildFileLimits.octets else {
      throw BuildFileError("it has more than \(BuildFileLimits.octets) octets")
    }
    var builder = YAMLBuilder(file: file)
    var failure = unsafe kr_yaml_failure()
    let status = unsafe octets.withUnsafeBufferPointer { text in
      unsafe withUnsafeMutablePointer(to: &builder) { builder in
        guard let start = text.baseAddress else { return KR_YAML_READ }
        return unsafe kr_yaml_read(
          start, text.count,
          { context, part in
            unsafe context.assumingMemoryBound(to: YAMLBuilder.self).pointee.take(part.pointee) ? 1 : 0
          }, builder, &failure)
      }
    }
    switch status {
    case KR_YAML_READ: root = try builder.document()
    case KR_YAML_ENDED: throw builder.error ?? BuildFileError("it cannot be read")
    case KR_YAML_BROKEN:
      let problem = unsafe failure.problem.map { unsafe String(cString: $0) } ?? ""
      throw BuildFileError(line: unsafe Int(clamping: failure.line) + 1, "it is no YAML: \(problem)")
    default: throw BuildFileError("libyaml (Debian: libyaml-0-2) is needed to read it, and is not here")
    }
  }
}
