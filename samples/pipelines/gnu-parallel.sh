#!/bin/sh
# Eight shares on this machine, one conversion each; with `--sshlogin host1,host2 --workdir .` on others that mount the
# same directory.
seq 8 | parallel 'etlcap batch traces -o captures --jobs 1 --shard {}/8 --report share-{}.json --quiet'
etlcap report merge share-*.json -o report.json -o report.xml
