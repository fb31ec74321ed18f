import Testing
import TrustModel

@Suite struct ImageReferenceTests {
  @Test func `reads name, version and labels`() throws {
    let reference = try ImageReference("example.com/hello:0.0.1,os=linux,arch=amd64")
    #expect(reference.name.description == "example.com/hello")
    #expect(reference.labels["version"] == "0.0.1")
    #expect(reference.labels["os"] == "linux")
    #expect(reference.labels["arch"] == "amd64")
    #expect(reference.description == "example.com/hello:0.0.1,os=linux,arch=amd64")
  }

  @Test func `keeps colons and equal signs inside a label's value`() throws {
    #expect(try ImageReference("a,x=b:c=d").labels["x"] == "b:c=d")
  }

  @Test(arguments: [
    ("", 0), ("a:", 1), ("a:1,version=2", 4), ("a,os=linux,os=linux", 11), ("a,os", 2), ("a,=x", 2), ("a,name=b", 2),
    ("a,os=", 4), ("a,", 1), ("a,OS=linux", 2), ("A:1", 0), ("a,os=li\u{7}nux", 7),
  ])
  func `refuses what is no reference and says where`(_ text: String, _ offset: Int) {
    let error = #expect(throws: NameError.self) { try ImageReference(text) }
    #expect(error?.offset == offset)
  }

  @Test func `holds labels to their limits`() throws {
    let labels = (0..<32).map { "l\($0)=v" }.joined(separator: ",")
    #expect(throws: Never.self) { try ImageReference("a," + labels) }
    #expect(throws: NameError.self) { try ImageReference("a," + labels + ",one=more") }
    let value = String(repeating: "v", count: 255)
    #expect(throws: Never.self) { try ImageReference("a:" + value) }
    #expect(throws: NameError.self) { try ImageReference("a:" + value + "v") }
  }
}
