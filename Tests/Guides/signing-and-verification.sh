#!/bin/sh
# signing-and-verification.sh MACHINE: rkt's "Signing and Verification Guide" from the first line to the last, with
# keyreeve (from the PATH) in place of rkt, actool and gpg.
#
# MACHINE is an empty folder with a configuration that leads https://example.com to a web server of its folder `site`.
# Needs root for the last part, and /bin/busybox, a static one.
set -eu

[ $# -eq 1 ] || { echo "usage: signing-and-verification.sh MACHINE" >&2; exit 2; }
. "$(dirname "$0")/steps.sh"
cd "$1"
KEYREEVE_SYSROOT=$(pwd)
GNUPGHOME=$KEYREEVE_SYSROOT/gnupg
# The agent of this home ends with the guide.
trap 'gpgconf --kill all' EXIT
mkdir -m 700 "$GNUPGHOME"
export KEYREEVE_SYSROOT GNUPGHOME

say 'The hello image of the getting started guide.'
mkdir -p hello/rootfs/bin
cp /bin/busybox hello/rootfs/bin/busybox
cat >hello/manifest <<'END'
{
  "acKind": "ImageManifest",
  "acVersion": "0.8.11",
  "name": "example.com/hello",
  "labels": [
    {"name": "version", "value": "0.0.1"},
    {"name": "os", "value": "linux"},
    {"name": "arch", "value": "amd64"}
  ],
  "app": {"exec": ["/bin/busybox", "echo", "hello"], "user": "0", "group": "0"}
}
END
run 0 keyreeve build-aci hello --output hello-0.0.1-linux-amd64.aci

say 'Generate a signing key, by the batch file of the guide.'
cat >gpg-batch <<'END'
%echo Generating a default key
Key-Type: RSA
Key-Length: 2048
Subkey-Type: RSA
Subkey-Length: 2048
Name-Real: Carly Container
Name-Comment: ACI signing key
Name-Email: carly@example.com
Expire-Date: 0
Passphrase: rkt
%pubring rkt.pub
%secring rkt.sec
%commit
%echo done
END
run 0 keyreeve keygen --batch-file gpg-batch >fingerprint.txt
cat fingerprint.txt
key=$(tail -n 1 fingerprint.txt)

say 'Export the public key, and look at it.'
run 0 keyreeve keygen --export "$key" --keyring rkt.pub --output pubkeys.gpg
run 0 keyreeve show pubkeys.gpg

say 'Sign the image.'
echo rkt >passphrase
run 0 keyreeve sign hello-0.0.1-linux-amd64.aci --key "$key" --keyring rkt.pub --passphrase-fd 3 3<passphrase

say 'Verify it: nobody trusts this key yet, which is what is said.'
run 12 keyreeve verify hello-0.0.1-linux-amd64.aci

say 'Distribute it by meta discovery.'
run 0 keyreeve publish --site site --name example.com/hello --base-url https://example.com \
  --keys pubkeys.gpg hello-0.0.1-linux-amd64.aci
run 0 keyreeve check-site site --name example.com/hello
run 0 keyreeve check-site https://example.com/hello
run 0 keyreeve discover example.com/hello:0.0.1

say 'Trust the key for one prefix: its fingerprint came another way.'
run 12 keyreeve fetch example.com/hello:0.0.1
run 0 keyreeve trust --prefix=example.com/hello --fingerprint "$key" https://example.com/pubkeys.gpg
run 0 keyreeve explain example.com/hello

say 'Or by hand: the key is a file whose name is the fingerprint.'
run 0 keyreeve undo
mkdir -p etc/rkt/trustedkeys/prefix.d/example.com/hello
cp pubkeys.gpg "etc/rkt/trustedkeys/prefix.d/example.com/hello/$key"
run 0 keyreeve keys

say 'Or for every image.'
run 0 keyreeve remove "$key" --prefix example.com/hello
run 0 keyreeve trust --root --fingerprint "$key" pubkeys.gpg
run 0 keyreeve verify hello-0.0.1-linux-amd64.aci

say 'A key of the distribution is disabled by an empty file.'
mkdir -p usr/lib/rkt/trustedkeys/prefix.d/example.com
mv "etc/rkt/trustedkeys/root.d/$key" usr/lib/rkt/trustedkeys/prefix.d/example.com/
run 0 keyreeve verify hello-0.0.1-linux-amd64.aci
run 0 keyreeve disable "$key" --prefix example.com
run 13 keyreeve verify hello-0.0.1-linux-amd64.aci
run 0 keyreeve undo

say 'Download, verify and run.'
run 0 keyreeve fetch example.com/hello:0.0.1
run 0 keyreeve run example.com/hello:0.0.1
run 0 keyreeve image list

say 'Without verification, which is said, and recorded with the image.'
run 0 keyreeve disable "$key" --prefix example.com
run 13 keyreeve run example.com/hello:0.0.1
run 0 keyreeve run --insecure-options=image example.com/hello:0.0.1
