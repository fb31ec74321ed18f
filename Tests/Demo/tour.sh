#!/bin/sh
# tour.sh DIR: the first session of the README in a machine made by make-sandbox.sh, with keyreeve from the PATH and the
# machine's site being served (site.py).
# Shows each command, runs it, and fails where one ends with another exit status than it should.
set -eu

[ $# -eq 1 ] || { echo "usage: tour.sh DIR" >&2; exit 2; }
cd "$1"
KEYREEVE_SYSROOT=$(pwd)
# The cache of key listings stays in the sandbox too.
XDG_CACHE_HOME=$KEYREEVE_SYSROOT/var/cache
export KEYREEVE_SYSROOT XDG_CACHE_HOME

say() { printf '\n# %s\n' "$*"; }

# run STATUS COMMAND [ARGUMENT...]
run() {
  wanted=$1
  shift
  printf '\n$ %s\n' "$*"
  status=0
  "$@" 2>&1 || status=$?
  [ "$status" -eq "$wanted" ] || {
    echo "tour.sh: exit status $status, not $wanted: $*" >&2
    exit 1
  }
  [ "$status" -eq 0 ] || echo "(exit status $status)"
}

fingerprint() { awk -v address="<$1>" 'index($0, address) { print $1 }' fingerprints.txt; }
release=$(fingerprint release@example.com)
next=$(fingerprint release-2@example.com)
quayside=$(fingerprint release@quayside.example)

say 'What does this machine trust, and what is switched off?'
run 0 keyreeve keys

say 'Who may sign images of this name?'
run 0 keyreeve explain example.com/hello

say 'May this image run here?'
run 0 keyreeve verify images/hello.aci

say 'Changed after it was signed; by a key nobody trusts; by a disabled key; by a key for other names; unsigned.'
run 15 keyreeve verify images/hello-tampered.aci
run 12 keyreeve verify images/hello-unknown.aci
run 13 keyreeve verify images/hello-disabled.aci
run 12 keyreeve verify images/hello-other-prefix.aci
run 14 keyreeve verify images/hello-expired.aci
run 10 keyreeve verify images/hello-unsigned.aci

say 'Switch the key of the distribution off: its images are refused.'
run 0 keyreeve disable "$release" --prefix example.com --reason trial
run 13 keyreeve verify images/hello.aci

say 'Take it back.'
run 0 keyreeve undo
run 0 keyreeve verify images/hello.aci

say 'Trust a new key whose fingerprint came another way, and take that back too.'
run 0 keyreeve trust --prefix example.com --fingerprint "$next" keys/example-release-2.asc
run 0 keyreeve undo

say 'Where are the images of a publisher that is new here, and with which keys?'
run 0 keyreeve discover quayside.example/crane
run 12 keyreeve fetch quayside.example/crane:1.0.0

say 'Trust the key that the publisher names: its fingerprint came another way.'
run 0 keyreeve trust --prefix quayside.example --fingerprint "$quayside"
run 0 keyreeve fetch quayside.example/crane:1.0.0

say 'Fetch from a publisher that the distribution trusts; what was changed on its server is refused.'
run 0 keyreeve fetch example.com/hello:0.0.1
run 15 keyreeve fetch example.com/hello:0.0.2

say 'Switch the key off: what was fetched is judged again by the keys of today.'
run 0 keyreeve disable "$release" --prefix example.com --reason 'suspected leak'
run 0 keyreeve image list
run 13 keyreeve image verify example.com/hello
run 0 keyreeve undo
run 0 keyreeve image verify example.com/hello

say 'Rotate a key: the new one is trusted and the old one retired, as one change.'
run 0 keyreeve rotate --prefix example.com --from "$release" --to keys/example-release-2.asc --fingerprint "$next" \
  --overlap 30
run 0 keyreeve undo

say 'Back everything up, and prove that it can be restored.'
rm -f backup.tar
run 0 keyreeve backup backup.tar
# One key file of this machine is not what its name says: the check says so, for it would come back as it is.
run 4 keyreeve backup --check backup.tar
run 0 keyreeve remove "$quayside" --prefix quayside.example
run 0 keyreeve restore backup.tar --yes
run 0 keyreeve image verify quayside.example/crane

say 'What was changed, and what needs a look?'
run 0 keyreeve log
run 4 keyreeve audit

say 'Signed tags of Docker Content Trust, in a folder in place of a server: a root key, a repository, a tag.'
# A person of the sandbox, whose passphrases everybody may know.
HOME=/root
DOCKER_CONTENT_TRUST_ROOT_PASSPHRASE='correct horse battery staple of the root'
DOCKER_CONTENT_TRUST_REPOSITORY_PASSPHRASE='correct horse battery staple of the tags'
export HOME DOCKER_CONTENT_TRUST_ROOT_PASSPHRASE DOCKER_CONTENT_TRUST_REPOSITORY_PASSPHRASE
unset DOCKER_CONFIG
rm -rf root/.docker srv/trust var/lib/keyreeve/content-trust tags.tar
mkdir -p root srv/trust
folder=file:///srv/trust
name=docker.io/team/app
digest=sha256:$(sha256sum images/hello.aci | cut -d ' ' -f 1)

run 0 keyreeve content key generate --role root
run 0 keyreeve content init $name --server $folder --yes
run 0 keyreeve content sign $name v1 --digest "$digest" --size 4096 --server $folder --yes
run 0 keyreeve content lookup $name v1 --server $folder
run 10 keyreeve content lookup $name v2 --server $folder

say 'Another key for the tags: the old one stays until what is published was read back.'
run 0 keyreeve content key rotate $name targets --server $folder --yes

say 'A backup of the signing keys, and the drill: each is opened in memory.'
run 0 keyreeve backup tags.tar
run 4 keyreeve backup --check tags.tar

say 'Four years later everything but the root has expired: docker and notary would give up here.'
run 16 faketime -f +4y keyreeve content lookup $name v1 --server $folder
run 4 faketime -f +4y keyreeve content doctor $name --server $folder
run 0 faketime -f +4y keyreeve content repair $name --server $folder --yes
run 0 faketime -f +4y keyreeve content lookup $name v1 --server $folder
