internal import Screen

/// The mouse over a list.
struct ListMouse: Sendable {
  let event: Event.Mouse
  /// The row of the screen in which the first line of the list stands.
  let top: Int
}
