extension ChildProgram {
  /// Runs it in this program's place: the same terminal, the same process group, the streams that are set.
  ///
  /// What is typed to interrupt goes to both, and only the child decides, as with `system`; what is sent to this program
  /// alone is passed on. For one thread at a time.
  public func runInForeground() throws(ChildProgramError) -> RunningProgram.End {
    let running = RunningProgram(try Spawning(self).startInForeground(), of: self)
    defer { Spawning.leaveForeground() }
    return running.wait()
  }
}
