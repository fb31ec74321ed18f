import ExampleMachine
import StrictJSON
import TestSupport
import TrustModel

/// Holds one conversation on a machine of its own.
struct ConversationRunner {
  /// What an answer was, in the words of the conversation.
  struct Answer: Equatable {
    let status: Int32
    let output: String
    let errors: String
  }

  private let machine: ExampleMachine
  private let publisher: ExamplePublisher?
  private let names: [(name: String, value: String)]

  /// A runner; with `publisher`, on a machine that a publisher's site can be reached from.
  init(publisher isWanted: Bool = false) throws {
    machine = try ExampleMachine(images: true)
    publisher = isWanted ? try ExamplePublisher(on: machine) : nil
    names = try Self.names(on: machine, publisher)
  }

  /// What `$NAME` stands for: the machine's folder, the layers' directories, each key's fingerprint, and the port of the
  /// publisher's site.
  private static func names(
    on machine: ExampleMachine, _ publisher: ExamplePublisher?
  ) throws -> [(name: String, value: String)] {
    let places = [
      ("ROOT", machine.path), ("VENDOR", Layer.distribution.directory), ("ADMIN", Layer.administrator.directory),
      ("PORT", "\(publisher?.port ?? 0)"),
    ]
    let keys = try ExampleKey.allCases.map { ($0.rawValue.uppercased(), "\(try $0.fingerprint())") }
    return (places + keys).sorted { $0.0.count > $1.0.count }
  }

  /// Answers that are not as expected, in words; empty where all are.
  func faults(in conversation: Conversation) throws -> [String] {
    try conversation.steps.flatMap { step in
      let answer = try answer(to: step.command)
      return (try faults(in: answer, to: step) + twinFaults(answer, to: step)).map {
        "line \(step.line): \(step.command)\n\($0)\nit ended with \(answer.status) and said\n\(answer.output)"
          + "and on standard error\n\(answer.errors)"
      }
    }
  }

  private func answer(to command: String) throws -> Answer {
    // As `sh` would: the names are variables.
    let environment = machine.environment.merging(names.map { ($0.name, $0.value) }) { $1 }
    let outcome = try ChildProcess.run(["sh", "-c", command], environment: environment, directory: machine.path)
    return Answer(status: outcome.status, output: outcome.text, errors: outcome.errorText)
  }

  private func faults(in answer: Answer, to step: Conversation.Step) throws -> [String] {
    var faults: [String] = []
    if answer.status != step.status { faults.append("the exit status is not \(step.status)") }
    if step.values.isEmpty || !step.output.isEmpty, !matches(answer.output, step.output) {
      faults.append("standard output is not as expected")
    }
    if !matches(answer.errors, step.errors) { faults.append("standard error is not as expected") }
    if step.command.contains("--json"), answer.output.hasPrefix("{") {
      faults += try documentFaults(answer, step)
    } else if !step.values.isEmpty {
      faults.append("no document on standard output")
    }
    return faults
  }

  private func matches(_ text: String, _ patterns: [String]) -> Bool {
    let isWhole = text.isEmpty || text.hasSuffix("\n")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    return isWhole && LinePattern.matches(Array(lines), patterns.map(replacingNames)[...])
  }

  private func replacingNames(_ text: String) -> String {
    names.reduce(text) { $0.replacing("$" + $1.name, with: $1.value) }
  }

  /// Every document is checked against its shape, whether the conversation asks for a value in it or not.
  private func documentFaults(_ answer: Answer, _ step: Conversation.Step) throws -> [String] {
    let document = try JSON.parse(Array(answer.output.utf8))
    let schema = document["schema"]?.string?.text ?? "none"
    guard let shape = Documents.shape(of: document, schema) else {
      return ["no such schema: \(schema)"]
    }
    var faults = shape.faults(document, at: "document")
    if let reason = document["reason"]?.string?.text, Documents.statuses[reason] != answer.status {
      faults.append("\(reason) is not the word for status \(answer.status)")
    }
    for value in step.values {
      let difference = try JSONQuestion(replacingNames(value)).difference(in: document)
      if let difference { faults.append("\(value): it is \(difference)") }
    }
    return faults
  }

  /// `keyreeve-verify` must answer the same to every looking command.
  private func twinFaults(_ answer: Answer, to step: Conversation.Step) throws -> [String] {
    let words = step.command.split(separator: " ")
    let looking: Set<Substring> = [
      "keys", "show", "explain", "verify", "audit", "log", "config", "discover", "check-site",
    ]
    let lookingAtImages: Set<Substring> = ["list", "show", "verify"]
    guard words.count > 1, words[0] == "keyreeve" else { return [] }
    let isImage = words[1] == "image" && words.count > 2 && lookingAtImages.contains(words[2])
    guard looking.contains(words[1]) || isImage else { return [] }
    let command = "keyreeve-verify " + words.dropFirst().joined(separator: " ")
    let twin = try self.answer(to: command)
    let same = Answer(
      status: twin.status, output: twin.output.replacing("keyreeve-verify", with: "keyreeve"),
      errors: twin.errors.replacing("keyreeve-verify", with: "keyreeve"))
    return same == answer ? [] : ["keyreeve-verify answers otherwise:\n\(twin.status)\n\(twin.output)\(twin.errors)"]
  }
}
