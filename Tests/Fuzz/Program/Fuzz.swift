import FuzzTargets
import Glibc

/// What libFuzzer calls for each input; `KEYREEVE_FUZZ` names the target.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let name = getenv("KEYREEVE_FUZZ"), let target = FuzzTarget(rawValue: String(cString: name)) else {
    fatalError("KEYREEVE_FUZZ must be one of \(FuzzTarget.allCases.map(\.rawValue))")
  }
  target.run(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
