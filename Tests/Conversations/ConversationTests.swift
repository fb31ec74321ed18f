import Glibc
import TestSupport
import Testing

@Suite("Conversations with the programs")
struct ConversationTests {
  @Test("Every command answers as its conversation says", arguments: try ConversationFile.names())
  func conversation(name: String) throws {
    let text = try ConversationFile.text(name)
    let runner = try ConversationRunner(publisher: text.contains("publisher.example"))
    let faults = try runner.faults(in: try Conversation(text))
    #expect(faults.isEmpty, "\(name):\n\(faults.joined(separator: "\n"))")
  }
}

/// The files below `Cases`.
enum ConversationFile {
  private static let folder = String("\(#filePath)".dropLast("ConversationTests.swift".count)) + "Cases/"

  static func names() throws -> [String] {
    try ChildProcess.run(["ls", folder]).text.split(separator: "\n").map(String.init)
  }

  static func text(_ name: String) throws -> String { try ChildProcess.run(["cat", folder + name]).text }
}
