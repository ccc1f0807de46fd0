#!/usr/bin/env bash
# Builds the single executable for Linux x64 and runs the tests of the command with it, from a folder of its own: the files of
# this package are not beside it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

if [[ $(uname -s) != Linux || $(uname -m) != x86_64 ]]; then
  echo "Single executable: tested on Linux x64 only, skipped."
  exit 0
fi

node scripts/release/index.mjs linux-x64
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mv build/release/out/etlcap-*-linux-x64 "$folder/etlcap"
ETLCAP_PROGRAM=$folder/etlcap npx vitest run test/cli/{batch,convert,info,path,usage}.test.ts
