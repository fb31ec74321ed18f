internal import ContentChange
internal import Screen
internal import TrustModel

extension Worker {
  func run(_ order: ChangeOrder) {
    guard let changes = settings.changes else {
      return mailbox.post(.change(order, .ended(ContentChanges.Outcome(["Read-only here."], isDone: false))))
    }
    let outcome = changes.run(located(order), ScreenPerson(order, mailbox))
    mailbox.post(.change(order, .ended(outcome)))
  }

  /// The command with the places of its files, as `~/` is nothing that a command knows.
  private func located(_ order: ChangeOrder) -> ContentChanges.Command {
    let all = order.command.arguments
    let files = order.kind.files(of: all)
    let arguments = all[..<files.lowerBound] + all[files].map { settings.located($0) } + all[files.upperBound...]
    return ContentChanges.Command(order.command.path, options: order.command.options, arguments: Array(arguments))
  }
}

/// The person at the screen, for a change that is made beside the loop: its thread waits, and the loop goes on.
private struct ScreenPerson: ChangePerson {
  private let order: ChangeOrder
  private let mailbox: Mailbox<News>

  init(_ order: ChangeOrder, _ mailbox: Mailbox<News>) { (self.order, self.mailbox) = (order, mailbox) }

  func agrees(to plan: [String], _ question: String) -> Bool {
    ask(else: false) { .plan(plan, question: question, $0) }
  }

  func passphrase(for request: KeyRequest, isRepeated: Bool) -> SecretOctets? {
    ask(else: nil) { .passphrase(request, isRepeated: isRepeated, $0) }
  }

  func newPassphrase(for request: KeyRequest) -> SecretOctets? { ask(else: nil) { .newPassphrase(request, $0) } }

  private func ask<Value: Sendable>(else none: Value, _ question: (Answer<Value>) -> ChangeNews) -> Value {
    guard !order.isAbandoned else { return none }
    let answer = Answer<Value>()
    mailbox.post(.change(order, question(answer)))
    return answer.wait()
  }
}
