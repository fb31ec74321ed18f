#!/bin/sh
# fuzz.sh FOLDER SECONDS: libFuzzer on every target, each for so long. FOLDER keeps the build, the inputs that were found
# worth keeping, and what made a target fail; the first inputs are made here.
set -eu
cd "$(dirname "$0")/../.."
folder=$1
seconds=${2:-60}

# With address checks, Swift's own report of a crash hangs.
export FUZZ=1 SWIFT_BACKTRACE=enable=no
mkdir -p "$folder"
swift build --scratch-path "$folder" --sanitize=fuzzer --sanitize=address --product fuzz >"$folder/log" 2>&1 || {
  echo "fuzz: the build refuses:"
  cat "$folder/log"
  exit 1
}

for target in json metadata pem certificate dockerfile compose; do mkdir -p "$folder/inputs/$target"; done
seeds=$folder/inputs
printf '{"signed":{"a":[1,-2,true,null,"\\u00e9\\n"],"b":{}},"signatures":[]}' >"$seeds/json/first"
printf '{"signed":{"_type":"Targets","version":1,"expires":"2030-01-01T00:00:00Z","targets":{},"delegations":{"keys":{},"roles":[]}},"signatures":[]}' \
  >"$seeds/metadata/targets"
openssl ecparam -name prime256v1 -genkey -noout -out "$seeds/pem/sec1"
openssl pkcs8 -topk8 -nocrypt -in "$seeds/pem/sec1" -out "$seeds/pem/pkcs8"
openssl pkcs8 -topk8 -passout pass:x -in "$seeds/pem/sec1" -out "$seeds/pem/encrypted"
openssl ec -aes256 -passout pass:x -in "$seeds/pem/sec1" -out "$seeds/pem/older" 2>/dev/null
openssl pkey -in "$seeds/pem/sec1" -outform DER -out "$seeds/pem/der"
printf '#syntax=docker/dockerfile:1\nARG V=1\nFROM a:${V:-2} AS b\nRUN --mount=type=bind,from=c,target=/x <<E\nls\nE\nFROM b\nCOPY --from=0 / \\\n /\n' \
  >"$seeds/dockerfile/first"
printf 'x-a: &a {image: "a:${V:-1}"}\nservices:\n  b: {<<: *a}\n  c: {build: {context: ., args: [V=1]}, extends: b}\n' \
  >"$seeds/compose/first"
openssl req -x509 -key "$seeds/pem/sec1" -subj /CN=app -days 30 -out "$seeds/certificate/pem"
openssl x509 -in "$seeds/certificate/pem" -outform DER -out "$seeds/certificate/der"

failed=
for target in json metadata pem certificate dockerfile compose; do
  KEYREEVE_FUZZ=$target "$folder/debug/fuzz" -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=1024 \
    -artifact_prefix="$folder/failed-$target-" -print_final_stats=1 "$seeds/$target" >"$folder/log" 2>&1 || {
    tail -n 40 "$folder/log"
    failed="$failed $target"
  }
  echo "fuzz: $target: $(sed -n 's/^stat::number_of_executed_units: *//p' "$folder/log") inputs"
done
[ -z "$failed" ] || { echo "fuzz: what makes it fail lies in $folder/failed-*:$failed"; exit 1; }
echo "ok fuzz"
