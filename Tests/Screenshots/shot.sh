#!/bin/sh
# shot.sh OUT.ansi COLUMNSxROWS COMMAND STEP...: what a program shows on a terminal, with its colours, as a file.
#
# Runs COMMAND in a tmux of its own, takes the steps one by one, and writes the screen. After each step the screen must
# have stood still, so that the same steps give the same picture on a slow machine.
#
#   wait:TEXT       until TEXT is on the screen
#   gone:TEXT       until it is not
#   key:NAME        a key by its tmux name: Enter, Escape, Down, C-d, x
#   type:TEXT       characters
#   resize:CxR      another size
set -eu

[ $# -ge 3 ] || { echo "usage: shot.sh OUT.ansi COLUMNSxROWS COMMAND STEP..." >&2; exit 2; }
out=$1 size=$2 command=$3
shift 3

export TZ=UTC LC_ALL=C.UTF-8
unset NO_COLOR COLORTERM TMUX

# A socket in a directory of its own, gone with it.
TMUX_TMPDIR=$(mktemp -d "${TMPDIR:-/tmp}/keyreeve-shot.XXXXXX")
export TMUX_TMPDIR
tmux() { command tmux -L shot -f /dev/null "$@"; }

clean_up() {
  tmux kill-server 2>/dev/null || true
  rm -rf "$TMUX_TMPDIR"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

fail() {
  echo "shot.sh: $1; the screen:" >&2
  tmux capture-pane -p >&2 || true
  exit 1
}

# Up to 10 seconds for a text, 5 for standing still.
wait_for() {
  tries=0
  until tmux capture-pane -p | grep -qF -e "$1"; do
    tries=$((tries + 1))
    [ $tries -lt 500 ] || fail "'$1' did not appear"
    sleep 0.02
  done
}

wait_until_gone() {
  tries=0
  while tmux capture-pane -p | grep -qF -e "$1"; do
    tries=$((tries + 1))
    [ $tries -lt 500 ] || fail "'$1' did not go away"
    sleep 0.02
  done
}

stand_still() {
  before=
  tries=0
  while now=$(tmux capture-pane -e -p -N) && [ "$now" != "$before" ]; do
    before=$now
    tries=$((tries + 1))
    [ $tries -lt 50 ] || fail "it does not stand still"
    sleep 0.1
  done
}

tmux start-server \; \
  set -g default-terminal tmux-256color \; set -g escape-time 0 \; set -g status off \; \
  new-session -d -x "${size%x*}" -y "${size#*x}" "exec $command"

for step in "$@"; do
  argument=${step#*:}
  case $step in
    wait:*) wait_for "$argument" ;;
    gone:*) wait_until_gone "$argument" ;;
    key:*) tmux send-keys "$argument" ;;
    type:*) tmux send-keys -l "$argument" ;;
    resize:*) tmux resize-window -x "${argument%x*}" -y "${argument#*x}" ;;
    *) echo "shot.sh: unknown step $step" >&2; exit 2 ;;
  esac
  stand_still
done

tmux capture-pane -e -p -N >"$out"
