#!/usr/bin/env bash
# Makes the pictures of dissector-notes.md: Wireshark on a virtual screen, with etlcap installed into a home of its own.
#
#   npm run build && scripts/screenshots.sh [DIRECTORY]
#
# Needs wireshark, tshark, xvfb, openbox, xdotool and imagemagick (Debian's names).
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
target=$(mkdir -p "${1:-$root/docs/screenshots}" && cd "${1:-$root/docs/screenshots}" && pwd)

for program in wireshark tshark Xvfb openbox xdotool import mogrify; do
  command -v "$program" >/dev/null || { echo "$program is missing" >&2; exit 1; }
done

work=$(mktemp -d)
started=()
stop() {
  ((${#started[@]} == 0)) || kill "${started[@]}" 2>/dev/null || true
  wait
  rm -rf "$work"
}
trap stop EXIT

export HOME=$work QT_QPA_PLATFORM=xcb XDG_RUNTIME_DIR=$work/run
unset WIRESHARK_CONFIG_DIR XDG_CONFIG_HOME
mkdir -m 700 "$XDG_RUNTIME_DIR"
node "$root/bin/etlcap.js" wireshark install >/dev/null
# The other capture sources of this machine are not for the picture.
others=$(tshark -D 2>/dev/null | awk '$2 != "etlcap" { print $2 }' | paste -sd ,)
cat >>"$HOME/.config/wireshark/profiles/ETL/preferences" <<PREFERENCES
gui.update.enabled: FALSE
capture.devices_hide: $others
PREFERENCES

exec {display}<> <(:)
Xvfb -displayfd "$display" -screen 0 1500x840x24 >/dev/null 2>&1 &
started+=($!)
read -r -u "$display" number
export DISPLAY=:$number
openbox >/dev/null 2>&1 &
started+=($!)

# find NAME: the window with that in its title, once it is there. Windows that come and go disturb a search: it is repeated.
find() {
  local id attempt
  for attempt in {1..60}; do
    id=$(xdotool search --onlyvisible --name "$1" 2>/dev/null | tail -n 1) || true
    [[ -z $id ]] || { echo "$id"; return; }
    sleep 0.5
  done
  echo "no window '$1'" >&2
  return 1
}

# open ARGUMENTS: starts Wireshark over the whole screen.
open() {
  wireshark -C ETL "$@" >"$work/wireshark.log" 2>&1 &
  wireshark=$!
  started+=("$wireshark")
  find "$title" >/dev/null
  sleep 4
  xdotool windowfocus --sync "$(find "$title")"
  keys F11
  sleep 1
}

keys() {
  for key in "$@"; do
    xdotool key --delay 120 "$key"
    sleep 0.4
  done
}

# save NAME: the screen as it is; then Wireshark goes.
save() {
  sleep 1
  import -window root "$target/$1.png"
  mogrify -strip -colors 64 "$target/$1.png"
  kill "$wireshark"
  wait "$wireshark" 2>/dev/null || true
}

# open_etl_tree KEYS: a click into the empty part of the packet details, then to the last protocol there, and open it.
open_etl_tree() {
  xdotool mousemove 400 790 click 1
  keys Home End Right "$@"
}

title=pktmon-drops.etl
open -r "$root/samples/pktmon-drops.etl" -J etl.drop
open_etl_tree End
save who-dropped-it

title=nat-vswitch.etl
open -r "$root/samples/nat-vswitch.etl" -Y icmp
open_etl_tree
save vswitch

# "ETL packets" is the tenth entry of the menu Statistics of Wireshark 4.0.
title=pktmon-drops.etl
open -r "$root/samples/pktmon-drops.etl"
keys alt+s Down Down Down Down Down Down Down Down Down Down Return
statistics=$(find 'ETL packets')
xdotool windowsize --sync "$statistics" 1200 480 windowmove "$statistics" 150 180
save packets

# The only capture source; the wheel before its name opens its options.
title=Wireshark
open
xdotool mousemove 192 242 click 1
find 'Interface Options' >/dev/null
save capture-source
