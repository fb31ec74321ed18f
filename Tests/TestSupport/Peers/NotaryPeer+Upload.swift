extension NotaryPeer {
  /// What the server answered.
  public struct Answer {
    /// The status.
    public let status: String
    /// The body.
    public let text: String
  }

  /// Uploads documents by the names of their roles, as clients do: all of them or none.
  public func upload(_ documents: [(role: String, octets: [UInt8])], to repository: String) throws -> Answer {
    let folder = try TemporaryDirectory(prefix: "kr-upload")
    var words: [String] = []
    for (number, document) in documents.enumerated() {
      let file = try folder.write("\(number)", document.octets)
      words += ["--form", "files=@\(file);filename=\(document.role)"]
    }
    return try ask(words, "/v2/\(repository)/_trust/tuf/")
  }

  /// The key with which the server signs a role of a repository: an object of JSON.
  public func key(of role: String, in repository: String) throws -> String {
    try ask([], "/v2/\(repository)/_trust/tuf/\(role).key").text
  }

  private func ask(_ words: [String], _ path: String) throws -> Answer {
    let common = ["curl", "--silent", "--show-error", "--cacert", try SiteCertificate.authorities]
    let outcome = try ChildProcess.run(common + ["--write-out", "\n%{http_code}"] + words + [address + path])
    guard outcome.status == 0 else { throw Failure.failed(outcome.errorText) }
    let lines = outcome.text.split(separator: "\n", omittingEmptySubsequences: false)
    return Answer(status: String(lines.last ?? ""), text: lines.dropLast().joined(separator: "\n"))
  }
}
