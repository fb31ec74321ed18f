import Archives
import StrictJSON
import Testing
import TrustModel

/// A manifest that must be refused: fields put into a good one, or a whole document, and a part of the sentence.
struct BadManifest: Sendable, CustomTestStringConvertible {
  let json: String
  let says: String

  init(_ fields: String, _ says: String) {
    self.init(whole: #"{"acKind":"ImageManifest","acVersion":"0.8.11","name":"example.com/hello",\#(fields)}"#, says)
  }

  init(app fields: String, _ says: String) {
    self.init(#""app":{"exec":[],"user":"0","group":"0",\#(fields)}"#, says)
  }

  init(whole json: String, _ says: String) {
    (self.json, self.says) = (json, says)
  }

  var testDescription: String { String(reflecting: String(json.prefix(200))) }
}

@Suite struct ManifestTests {
  private static func head(kind: String = "ImageManifest", version: String = "0.8.11", name: String = "a") -> String {
    #"{"acKind":"\#(kind)","acVersion":"\#(version)","name":"\#(name)"}"#
  }

  static let heads: [BadManifest] = [
    BadManifest(whole: "", "JSON is refused at octet 1: the document ends too early"),
    BadManifest(whole: "[]", "it is not an object"),
    BadManifest(whole: "{}", "acKind is not ImageManifest"),
    BadManifest(whole: head(kind: "PodManifest"), "acKind is not ImageManifest"),
    BadManifest(whole: head(version: ""), "'acVersion' is missing or empty"),
    BadManifest(whole: head(version: "0.8"), "acVersion '0.8' is not a semantic version"),
    BadManifest(whole: head(version: "0.0.0"), "is not a semantic version"),
    BadManifest(whole: head(version: "01.0.0"), "is not a semantic version"),
    BadManifest(whole: head(version: "1.0.0-"), "is not a semantic version"),
    BadManifest(whole: head(version: "1.0.0+a..b"), "is not a semantic version"),
    BadManifest(whole: head(version: "v1.0.0"), "is not a semantic version"),
    BadManifest(whole: head(name: ""), "'name' is missing or empty"),
    BadManifest(whole: head(name: "a//b"), "image name 'a//b' is refused at position 3"),
    BadManifest(whole: head(name: "a/../b"), "is refused at position 3"),
    BadManifest(whole: head(name: "Example.com"), "upper-case letters are not allowed"),
    BadManifest(whole: #"{"acKind":"ImageManifest","acVersion":1,"name":"a"}"#, "acVersion is not a string"),
    BadManifest(#""name":"evil.org/hello""#, #"the name "name" stands twice"#),
    BadManifest(#""n\u0061me":"evil.org/hello""#, #"the name "name" stands twice"#),
    BadManifest(#""NAME":"evil.org/hello""#, "the field 'name' is spelled 'NAME'"),
    BadManifest(#""label\u017f":[]"#, "the field 'labels' is spelled"),
    BadManifest(#""ac\u212aind":"x""#, "the field 'acKind' is spelled"),
    BadManifest(#""labels":[],}"#, "JSON is refused"),
  ]

  static let lists: [BadManifest] = [
    BadManifest(#""labels":{}"#, "labels is not a list"),
    BadManifest(#""labels":[1]"#, "labels[0] is not an object"),
    BadManifest(#""labels":[{"value":"1"}]"#, "labels[0]: 'name' is missing or empty"),
    BadManifest(#""labels":[{"name":"name","value":"x"}]"#, "label 'name' has a meaning of its own"),
    BadManifest(#""labels":[{"name":"a","value":"1"},{"name":"a","value":"2"}]"#, "labels[1]: label 'a=2' is refused"),
    BadManifest(#""labels":[{"name":"A","value":"1"}]"#, "upper-case letters"),
    BadManifest(#""labels":[{"name":"a","value":1}]"#, "labels[0].value is not a string"),
    BadManifest(#""labels":[{"name":"a","Value":"1"}]"#, "labels[0]: the field 'value' is spelled 'Value'"),
    BadManifest(#""labels":[{"name":"os","value":"plan9"}]"#, "the label os 'plan9' is none of"),
    BadManifest(
      #""labels":[{"name":"arch","value":"x86_64"},{"name":"os","value":"linux"}]"#,
      "arch 'x86_64' does not go with linux"),
    BadManifest(#""annotations":[{"name":"a b","value":""}]"#, "annotation name 'a b' is refused at position 2"),
    BadManifest(#""annotations":[{"name":"a"},{"name":"a"}]"#, "the annotation 'a' is given twice"),
    BadManifest(#""annotations":[{"name":"created","value":"yesterday"}]"#, "not a time of RFC 3339"),
    BadManifest(#""annotations":[{"name":"homepage","value":"ftp://a"}]"#, "not an http(s) address"),
    BadManifest(#""annotations":[{"name":"documentation","value":"https:///x"}]"#, "not an http(s) address"),
    BadManifest(#""annotations":[{"name":"homepage","value":"http://a b"}]"#, "not an http(s) address"),
    BadManifest(#""dependencies":[{}]"#, "dependencies[0]: 'imageName' is missing"),
    BadManifest(#""dependencies":[{"imageName":"a..b"}]"#, "dependencies[0]: image name 'a..b' is refused"),
    BadManifest(#""dependencies":[{"imageName":"a","imageID":"sha512-ab"}]"#, "imageID is not sha512-"),
    BadManifest(#""dependencies":[{"imageName":"a","size":-1}]"#, "dependencies[0].size is not a whole number"),
    BadManifest(#""dependencies":[{"imageName":"a","size":1.0}]"#, "dependencies[0].size is not a whole number"),
    BadManifest(#""dependencies":[{"imageName":"a","labels":[{"name":"name"}]}]"#, "dependencies[0].labels[0]: label"),
    BadManifest(#""pathWhitelist":["/a",1]"#, "pathWhitelist[1] is not a string"),
    BadManifest(#""pathWhitelist":["a\u0000b"]"#, "pathWhitelist[0] holds the character U+0000"),
  ]

  static let apps: [BadManifest] = [
    BadManifest(#""app":[]"#, "app is not an object"),
    BadManifest(#""app":{"exec":[],"group":"0"}"#, "app: 'user' is missing or empty"),
    BadManifest(#""app":{"exec":[],"user":"0","group":""}"#, "app: 'group' is missing or empty"),
    BadManifest(#""app":{"exec":"/bin/sh","user":"0","group":"0"}"#, "app.exec is not a list"),
    BadManifest(#""app":{"exec":[1],"user":"0","group":"0"}"#, "app.exec[0] is not a string"),
    BadManifest(#""app":{"exec":[],"USER":"0","user":"1","group":"0"}"#, "app: the field 'user' is spelled 'USER'"),
    BadManifest(app: #""workingDirectory":"work""#, "workingDirectory is not an absolute path"),
    BadManifest(app: #""supplementaryGIDs":[-1]"#, "app.supplementaryGIDs[0] is not a whole number from 0"),
    BadManifest(app: #""supplementaryGIDs":[4294967296]"#, "app.supplementaryGIDs[0] is not a whole number"),
    BadManifest(app: #""supplementaryGIDs":[1],"supplementaryGids":[2]"#, "the field 'supplementaryGids' is spelled"),
    BadManifest(app: #""eventHandlers":[{"name":"start","exec":[]}]"#, "neither pre-start nor post-stop"),
    BadManifest(app: #""eventHandlers":[{"name":"pre-start"},{"name":"pre-start"}]"#, "'pre-start' is given twice"),
    BadManifest(app: #""environment":[{"name":"1A","value":""}]"#, "not the name of an environment variable"),
    BadManifest(app: #""environment":[{"name":"A=B","value":""}]"#, "not the name of an environment variable"),
    BadManifest(app: #""environment":[{"name":"A","value":""},{"name":"A","value":""}]"#, "'A' is given twice"),
    BadManifest(app: #""mountPoints":[{"name":"a.b","path":"/x"}]"#, "may hold no separator but '-'"),
    BadManifest(app: #""mountPoints":[{"name":"a","path":""}]"#, "'path' is missing or empty"),
    BadManifest(app: #""mountPoints":[{"name":"a","path":"/","readOnly":1}]"#, "readOnly is neither true nor false"),
    BadManifest(app: #""ports":[{"name":"a","protocol":"tcp"}]"#, "app.ports[0]: 'port' is missing"),
    BadManifest(app: #""ports":[{"name":"a","protocol":"tcp","port":0}]"#, "whole number from 1 to 65535"),
    BadManifest(app: #""ports":[{"name":"a","protocol":"tcp","port":65536}]"#, "whole number from 1 to 65535"),
    BadManifest(app: #""ports":[{"name":"a","protocol":"tcp","port":65535,"count":2}]"#, "goes beyond 65535"),
    BadManifest(app: #""ports":[{"name":"a","protocol":"","port":1}]"#, "'protocol' is missing or empty"),
    BadManifest(app: #""isolators":[{"name":"a b","value":1}]"#, "isolator name 'a b' is refused"),
    BadManifest(app: #""isolators":[{"name":"resource/cpu"}]"#, "app.isolators[0]: 'value' is missing"),
    BadManifest(app: #""userLabels":{"a":1}"#, "app.userLabels is not a string"),
    BadManifest(app: #""userAnnotations":[]"#, "'userAnnotations' is not an object"),
  ]

  @Test("refuses what the specification forbids, naming the field (A-09)", arguments: heads + lists + apps)
  func refuses(_ manifest: BadManifest) {
    do {
      _ = try ImageManifest.parse(Array(manifest.json.utf8))
      Issue.record("accepted")
    } catch {
      #expect(error.isMalformed)
      #expect(error.description.hasPrefix("the image's manifest is refused: "))
      #expect(error.description.contains(manifest.says), "\(error)")
    }
  }

  @Test("reads every field; unknown ones may hold anything; null is absent")
  func everything() throws {
    let id = "sha512-" + String(repeating: "0a", count: 64)
    let manifest = try ImageManifest.parse(
      Array(
        """
        {"acKind": "ImageManifest", "acVersion": "0.8.11+git-x.1", "name": "example.com/reduce-worker",
         "labels": [{"name": "version", "value": "1.0.0"}, {"name": "arch", "value": "amd64"},
                    {"name": "os", "value": "linux"}],
         "annotations": [{"name": "created", "value": "2014-10-27T19:32:27.67021798Z"},
                         {"name": "homepage", "value": "HTTPS://example.com"}, {"name": "authors", "value": ""}],
         "dependencies": [{"imageName": "example.com/base", "imageID": "\(id)", "size": 22017258,
                           "labels": [{"name": "env", "value": "canary"}]}, {"imageName": "b", "labels": null}],
         "pathWhitelist": ["/etc/ca"], "future": {"value": 1.5e3, "NAME": []},
         "app": {"exec": ["/usr/bin/reduce-worker", "--quiet"], "user": "100", "group": "300",
                 "supplementaryGids": [400, 500], "workingDirectory": "/opt/work",
                 "eventHandlers": [{"name": "pre-start", "exec": ["/a"]}],
                 "environment": [{"name": "_A.b-1", "value": "true"}],
                 "isolators": [{"name": "resource/cpu", "value": {"limit": 0.5}}],
                 "mountPoints": [{"name": "work", "path": "/var/lib/work", "readOnly": true}],
                 "ports": [{"name": "ftp", "protocol": "tcp", "port": 20000, "count": 1000, "socketActivated": true},
                           {"name": "web", "protocol": "tcp", "port": 65535, "count": 0}],
                 "userLabels": {"Free Text": "x"}, "userAnnotations": null}}
        """.utf8))
    #expect(manifest.acVersion == "0.8.11+git-x.1")
    #expect(manifest.name.description == "example.com/reduce-worker")
    #expect(manifest.labels.pairs.map(\.value) == ["1.0.0", "amd64", "linux"])
    #expect(manifest.annotations.map(\.name) == ["created", "homepage", "authors"])
    #expect(manifest.dependencies.map(\.imageName.description) == ["example.com/base", "b"])
    #expect(manifest.dependencies.map(\.imageID) == [id, nil])
    #expect(manifest.dependencies.map(\.size) == [22_017_258, nil])
    #expect(manifest.dependencies[0].labels["env"] == "canary")
    #expect(manifest.pathWhitelist == ["/etc/ca"])
    let app = try #require(manifest.app)
    #expect(app.exec == ["/usr/bin/reduce-worker", "--quiet"])
    #expect([app.user, app.group, app.workingDirectory] == ["100", "300", "/opt/work"])
    #expect(app.supplementaryGIDs == [400, 500])
    #expect(app.eventHandlers.map(\.exec) == [["/a"]])
    #expect(app.environment.map(\.name) == ["_A.b-1"])
    #expect(app.isolators.map(\.value) == [["limit": .decimal("0.5")]])
    #expect(app.mountPoints.map(\.isReadOnly) == [true])
    #expect(app.ports.map(\.count) == [1_000, 1])
    #expect(app.ports.map(\.isSocketActivated) == [true, false])
    #expect(app.userLabels.map(\.name) == ["Free Text"])
    #expect(app.userAnnotations.isEmpty)
  }

  @Test("an image without app is whole, and the working directory defaults to the top")
  func defaults() throws {
    #expect(try ImageManifest.parse(Array(Self.head().utf8)).app == nil)
    let app = #"{"acKind":"ImageManifest","acVersion":"0.1.0","name":"a","app":{"user":"0","group":"0"}}"#
    #expect(try ImageManifest.parse(Array(app.utf8)).app?.workingDirectory == "/")
    let armOnly = #"{"acKind":"ImageManifest","acVersion":"0.1.0","name":"a","labels":[{"name":"arch","value":"z80"}]}"#
    #expect(try ImageManifest.parse(Array(armOnly.utf8)).labels["arch"] == "z80")
  }
}
