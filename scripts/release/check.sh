#!/usr/bin/env bash
# Builds the executables of all platforms and runs those that can run here: Linux x64 itself, Linux arm64 with qemu, Windows
# with Wine; of the one for macOS the structure and the signature are checked. Outputs must equal those of `bin/etlcap.js`.
# Needs the Debian packages qemu-user-static, wine64 and python3. Takes about three minutes; not part of .ci/run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

npm run --silent release
out=$PWD/build/release/out
work=$(mktemp -d)
trap 'status=$?; if ((status != 0)); then tail -n 3 "$work"/*.log | cut -c 1-300 >&2; fi; rm -rf "$work"' EXIT
cp samples/*.etl "$work"

# Converts all samples one by one and makes a report page; `run` is a function that starts the program with arguments.
convert_all() {
  local name=$1 sample
  mkdir "$work/$name"
  cd "$work"
  for sample in *.etl; do
    run "$sample" -q -o "$name/${sample%.etl}.pcapng" >>"$name.log" 2>&1 </dev/null
  done
  run report pktmon-drops.etl -q -o "$name/page.html" >>"$name.log" 2>&1 </dev/null
  cd "$OLDPWD"
}

# The same in a batch, whose workers are processes that the program starts.
convert_batch() {
  (cd "$work" && run batch . -o "$1" --force >>"$1.log" 2>&1 </dev/null)
  rm "$work/$1/.etlcap-batch.ndjson"
}

compare() {
  diff -rq "$work/expected" "$work/$1"
  echo "$1: $(find "$work/$1" -type f | wc -l) outputs are equal"
}

program=$PWD/bin/etlcap.js
run() { node "$program" "$@"; }
convert_all expected

run() { "$out"/etlcap-*-linux-x64 "$@"; }
convert_all linux-x64
compare linux-x64
convert_batch linux-x64
compare linux-x64

# Libraries of arm64 for qemu, from Debian's packages.
libraries=$PWD/build/release/arm64
if [[ ! -d $libraries ]]; then
  dpkg --add-architecture arm64
  apt-get -qq update
  (cd "$work" && apt-get -qq download libc6:arm64 libstdc++6:arm64 libgcc-s1:arm64 libatomic1:arm64 2>/dev/null)
  dpkg --remove-architecture arm64
  for package in "$work"/*_arm64.deb; do dpkg-deb -x "$package" "$libraries"; done
  rm "$work"/*_arm64.deb
fi
run() { qemu-aarch64-static -L "$libraries" "$out"/etlcap-*-linux-arm64 "$@"; }
convert_all linux-arm64
compare linux-arm64

export WINEPREFIX=$work/wine WINEDEBUG=-all NODE_SKIP_PLATFORM_CHECK=1
wine=$(command -v wine64 || echo /usr/lib/wine/wine64)
run() { "$wine" "$out"/etlcap-*-windows-x64.exe "$@"; }
convert_all windows-x64
compare windows-x64
convert_batch windows-x64
compare windows-x64

# The package is installed, used and removed.
if ((EUID == 0)); then
  dpkg -i "$out"/etlcap_*_amd64.deb >/dev/null
  [[ $(etlcap --version) == "$(node "$program" --version)" ]]
  (cd "$work" && etlcap nat-vswitch.etl -q -o deb.pcapng && cmp deb.pcapng expected/nat-vswitch.pcapng)
  man -w etlcap >/dev/null
  dpkg -r etlcap >/dev/null
  if command -v etlcap >/dev/null; then exit 1; fi
  echo "The Debian package was installed, used and removed."
fi

python3 scripts/release/check-mach-o.py "$out"/etlcap-*-macos-arm64
(cd "$out" && sha256sum --check --quiet SHA256SUMS)
echo "Checksums are right."
