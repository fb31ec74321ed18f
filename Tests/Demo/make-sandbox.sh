#!/bin/sh
# make-sandbox.sh DIR: makes a machine in the new or empty directory DIR, for the demo, the screenshots and the curious.
#
#   DIR/usr/lib/rkt/trustedkeys   what the distribution trusts
#   DIR/etc/rkt/trustedkeys       what the administrator adds, replaces and switches off
#   DIR/images                    signed, tampered and unsigned images of example.com/hello
#   DIR/keys                      public keys that nobody trusts yet
#   DIR/site                      what the web servers of example.com and quayside.example serve (see site.py)
#   DIR/fingerprints.txt          every key's fingerprint and owner, as if from a page that one trusts
#
# Every key is made here by gpg, every image by actool, every certificate by openssl. The private keys of signers exist
# only while this runs.
set -eu
umask 022

[ $# -eq 1 ] || { echo "usage: make-sandbox.sh DIR" >&2; exit 2; }
mkdir -p "$1"
dir=$(cd "$1" && pwd)
[ -z "$(ls -A "$dir")" ] || { echo "make-sandbox.sh: $dir is not empty" >&2; exit 2; }

# A home of its own, outside DIR because the path of an agent's socket may have only 107 octets.
work=$(mktemp -d "${TMPDIR:-/tmp}/keyreeve-demo.XXXXXX")
export GNUPGHOME="$work/gnupg"
mkdir -m 700 "$GNUPGHOME"
unset GPG_AGENT_INFO GPG_TTY

clean_up() {
  gpgconf --kill all 2>/dev/null || true
  gpgconf --remove-socketdir 2>/dev/null || true
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# What gpg would say goes to a file that is shown only where something fails.
quietly() {
  "$@" >"$work/output" 2>&1 || { cat "$work/output" >&2; echo "make-sandbox.sh: failed: $*" >&2; exit 1; }
}

gpg() { command gpg --batch --quiet --no-auto-check-trustdb "$@"; }

# --- Keys -------------------------------------------------------------------------------------------------------------

# key KIND CREATED EXPIRES NAME ADDRESS: one block of gpg's unattended key generation. EXPIRES is a date or 0 for never;
# gpg gets a number of days, because it counts a date from today and refuses one that has passed.
key() {
  days=0
  [ "$3" = 0 ] || days=$((($(date -u -d "$3" +%s) - $(date -u -d "$2" +%s)) / 86400))
  case $1 in
    ed25519) printf 'Key-Type: EDDSA\nKey-Curve: ed25519\n' ;;
    rsa*) printf 'Key-Type: RSA\nKey-Length: %s\n' "${1#rsa}" ;;
  esac
  printf 'Key-Usage: sign\nCreation-Date: %s\nExpire-Date: %sd\n' "$2" "$days"
  printf 'Name-Real: %s\nName-Email: %s\n%%commit\n' "$4" "$5"
}

soon=$(date -u -d '+12 days' +%Y-%m-%d)
far=$(date -u -d '+4 years' +%Y-%m-%d)

{
  echo '%no-protection'
  key ed25519 2024-03-04 "$far"     'Example Distribution Archive' archive@distro.example
  key rsa2048 2019-06-01 0          'Example Distribution Archive 2019' archive-2019@distro.example
  key ed25519 2023-01-16 0          'Corporate Root Signing' root@corp.example
  key rsa2048 2024-05-21 "$far"     'Example Release Signing' release@example.com
  key ed25519 2024-05-21 0          'Example Nightly Builds' nightly@example.com
  key rsa1024 2016-09-12 0          'Legacy Tools' tools@legacy.example
  key ed25519 2018-02-01 2020-02-01 'Old Builds' builds@old.example
  key ed25519 2022-11-08 0          'Harbour Team' release@harbour.example
  key ed25519 2025-02-17 0          'Site Operations' ops@site.example
  key ed25519 2025-04-01 "$soon"    'Widgets Team' release@widgets.example
  key ed25519 2025-04-02 0          'Toolbox Team' release@toolbox.example
  key ed25519 2025-06-30 "$far"     'Example Release Signing 2' release-2@example.com
  key rsa2048 2025-01-04 0          'Quayside Team Release' release@quayside.example
  key ed25519 2025-07-01 0          'Unknown Builder' builder@unknown.example
} >"$work/keys"
quietly gpg --gen-key "$work/keys"

# Fingerprint of the primary key with this address, as rkt names files: lower case, 40 digits.
gpg --with-colons --list-keys >"$work/list"
fingerprint() {
  awk -F: -v address="<$1>" '
    $1 == "fpr" { fingerprint = $10 }
    $1 == "uid" && index($10, address) { print tolower(fingerprint); exit }' "$work/list"
}
awk -F: '$1 == "fpr" { fingerprint = tolower($10) } $1 == "uid" { print fingerprint "  " $10 }' \
  "$work/list" >"$dir/fingerprints.txt"

distribution=usr/lib/rkt/trustedkeys
administrator=etc/rkt/trustedkeys

# store ADDRESS LAYER SCOPE: writes the public key, as it is now, to its place in a layer.
store() {
  mkdir -p "$dir/$2/$3"
  gpg --armor --export "<$1>" >"$dir/$2/$3/$(fingerprint "$1")"
}

# mask ADDRESS SCOPE: the administrator's empty file that switches a key off.
mask() {
  mkdir -p "$dir/$administrator/$2"
  : >"$dir/$administrator/$2/$(fingerprint "$1")"
}

# Every image.
store archive@distro.example "$distribution" root.d
store archive-2019@distro.example "$distribution" root.d
mask archive-2019@distro.example root.d

# Replaced: the administrator's copy has one more user id.
store root@corp.example "$distribution" root.d
quietly gpg --quick-add-uid "$(fingerprint root@corp.example)" 'Corporate Root Signing <signing@corp.example>'
store root@corp.example "$administrator" root.d

# One prefix each.
store release@example.com "$distribution" prefix.d/example.com
store nightly@example.com "$distribution" prefix.d/example.com/nightly
store nightly@example.com "$administrator" prefix.d/example.com/nightly
store builds@old.example "$distribution" prefix.d/old.example
store tools@legacy.example "$administrator" prefix.d/legacy.example
store ops@site.example "$administrator" prefix.d/site.example
store release@widgets.example "$administrator" prefix.d/widgets.example

# Revoked by its owner, with the certificate that gpg prepares; the colon before its armour guards against accidents.
revoked=$(fingerprint release@harbour.example)
sed 's/^:-----BEGIN/-----BEGIN/' "$GNUPGHOME/openpgp-revocs.d/$(echo "$revoked" | tr a-f A-F).rev" >"$work/revocation"
quietly gpg --import "$work/revocation"
store release@harbour.example "$distribution" prefix.d/harbour.example

# Files that vouch for nobody: a note beside the keys, and a key under the name of another.
printf 'Keys in this directory were compared by telephone; see the ticket.\n' \
  >"$dir/$administrator/prefix.d/example.com/README"
store release@toolbox.example "$administrator" prefix.d/toolbox.example
mv "$dir/$administrator/prefix.d/toolbox.example/$(fingerprint release@toolbox.example)" \
  "$dir/$administrator/prefix.d/toolbox.example/$(fingerprint ops@site.example)"

# Not trusted yet.
mkdir "$dir/keys"
gpg --armor --export '<release-2@example.com>' >"$dir/keys/example-release-2.asc"
gpg --armor --export '<release@quayside.example>' >"$dir/keys/quayside.asc"
gpg --armor --export '<builder@unknown.example>' >"$dir/keys/unknown-builder.asc"

# --- Images -----------------------------------------------------------------------------------------------------------

mkdir -p "$dir/images" "$work/hello/rootfs/bin"
cat >"$work/hello/manifest" <<'MANIFEST'
{
  "acKind": "ImageManifest",
  "acVersion": "0.8.11",
  "name": "example.com/hello",
  "labels": [
    {"name": "version", "value": "0.0.1"},
    {"name": "os", "value": "linux"},
    {"name": "arch", "value": "amd64"}
  ],
  "app": {"exec": ["/bin/hello"], "user": "0", "group": "0"}
}
MANIFEST
printf '#!/bin/sh\necho hello\n' >"$work/hello/rootfs/bin/hello"
chmod 755 "$work/hello/rootfs/bin/hello"
quietly actool build --owner-root "$work/hello" "$dir/images/hello.aci"

# sign ADDRESS FILE [GPG-OPTION...]: a detached armoured signature beside the file.
sign() {
  signer=$1 file=$2
  shift 2
  quietly gpg --armor --digest-algo SHA512 "$@" --local-user "<$signer>" \
    --output "$file.asc" --detach-sign "$file"
}

# copy NAME: the good image again, for another signature.
copy() { cp "$dir/images/hello.aci" "$dir/images/$1"; }

sign release@example.com "$dir/images/hello.aci"

copy hello-unsigned.aci
copy hello-unknown.aci
sign builder@unknown.example "$dir/images/hello-unknown.aci"
copy hello-disabled.aci
sign archive-2019@distro.example "$dir/images/hello-disabled.aci"
copy hello-other-prefix.aci
sign ops@site.example "$dir/images/hello-other-prefix.aci"
copy hello-expired.aci
sign builds@old.example "$dir/images/hello-expired.aci" --faked-system-time 20190501T120000

# The program was changed, the signature is the good image's.
printf 'echo and something that nobody signed\n' >>"$work/hello/rootfs/bin/hello"
quietly actool build --owner-root "$work/hello" "$dir/images/hello-tampered.aci"
cp "$dir/images/hello.aci.asc" "$dir/images/hello-tampered.aci.asc"

# --- A site -----------------------------------------------------------------------------------------------------------

# Two publishers on one machine: their discovery pages, public keys and signed images.
mkdir "$dir/site"

# page HOST: what https://HOST/NAME?ac-discovery=1 answers for every name of the host.
page() {
  mkdir -p "$dir/site/$1/images"
  cat >"$dir/site/$1/discovery.html" <<PAGE
<!DOCTYPE html>
<html>
<head>
<title>Images of $1</title>
<meta name="ac-discovery" content="$1 https://$1/images/{name}-{version}-{os}-{arch}.{ext}">
<meta name="ac-discovery-pubkeys" content="$1 https://$1/pubkeys.asc">
</head>
<body><p>Signed images of $1.</p></body>
</html>
PAGE
}

# image NAME VERSION ADDRESS: builds an image and signs it, where the discovery page of its host says it is.
image() {
  sed -e "s|example.com/hello|$1|" -e "s|0\\.0\\.1|$2|" "$work/hello/manifest" >"$work/manifest"
  mkdir -p "$work/image/rootfs/bin"
  cp "$work/manifest" "$work/image/manifest"
  printf '#!/bin/sh\necho hello from %s %s\n' "$1" "$2" >"$work/image/rootfs/bin/hello"
  chmod 755 "$work/image/rootfs/bin/hello"
  built="$dir/site/${1%%/*}/images/$1-$2-linux-amd64.aci"
  mkdir -p "$(dirname "$built")"
  quietly actool build --overwrite --owner-root "$work/image" "$built"
  [ -z "$3" ] || sign "$3" "$built"
}

for host in example.com quayside.example; do page "$host"; done
gpg --armor --export '<release@example.com>' >"$dir/site/example.com/pubkeys.asc"
gpg --armor --export '<release@quayside.example>' >"$dir/site/quayside.example/pubkeys.asc"
image example.com/hello 0.0.1 release@example.com
image quayside.example/crane 1.0.0 release@quayside.example
# The signature of 0.0.1 beside another image: what a broken-into server would deliver.
image example.com/hello 0.0.2 ''
images=$dir/site/example.com/images/example.com
cp "$images/hello-0.0.1-linux-amd64.aci.asc" "$images/hello-0.0.2-linux-amd64.aci.asc"

# A certificate authority that only this machine's configuration knows; its key is not kept.
quietly openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj '/CN=Sandbox CA' \
  -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign \
  -keyout "$work/ca.key" -out "$work/ca.pem"
quietly openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj '/CN=example.com' \
  -keyout "$dir/site/key.pem" -out "$work/site.csr"
printf 'subjectAltName=DNS:example.com,DNS:quayside.example\nbasicConstraints=CA:FALSE\n' >"$work/site.ext"
quietly openssl x509 -req -in "$work/site.csr" -CA "$work/ca.pem" -CAkey "$work/ca.key" -days 3650 \
  -extfile "$work/site.ext" -out "$dir/site/certificate.pem"
chmod 600 "$dir/site/key.pem"
mkdir -p "$dir/etc/keyreeve"
cp "$work/ca.pem" "$dir/etc/keyreeve/sandbox-ca.pem"
