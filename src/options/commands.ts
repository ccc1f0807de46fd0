import type { CommandName, Section } from './option.js';

/** Help text of a command besides its options. */
export interface CommandText {
  /** One line, without a period. */
  readonly description: string;
  /** Command lines and their effects. */
  readonly usage: readonly (readonly [line: string, effect: string])[];
  /** Paragraphs after the usage. */
  readonly text: readonly string[];
  /** Headings other than those of SECTIONS. */
  readonly headings?: { readonly [Name in Section]?: string };
  /** Sections whose options are those of `etlcap FILE.etl`: the help text refers to it. */
  readonly omittedSections?: readonly Section[];
  /** Paragraphs after the options. */
  readonly notes?: readonly string[];
  readonly examples: readonly string[];
  readonly exitCodes: readonly (readonly [code: number, meaning: string])[];
}

const READ_CODES = [
  [0, 'success'],
  [1, 'a file could not be read'],
  [2, 'usage error'],
] as const;

export const COMMANDS: Readonly<Record<CommandName, CommandText>> = {
  convert: {
    description: 'Convert ETL packet captures to pcapng with Windows metadata on each packet',
    usage: [
      ['etlcap FILE.etl … [-o OUT]', 'convert to pcapng'],
      ['etlcap info FILE.etl …', 'show trace contents'],
      ['etlcap events FILE.etl …', 'print non-packet events'],
      ['etlcap path FILE.etl …', 'trace packets through the Windows network stack'],
      ['etlcap diagnose FILE.etl …', 'report faults and their causes'],
      ['etlcap report FILE.etl … -o OUT', 'write an HTML report of packet paths'],
      ['etlcap table FILE.etl … -o OUTDIR', 'write tables for databases: Parquet or CSV'],
      ['etlcap batch|watch DIR -o OUTDIR', 'convert a directory, or traces as they arrive'],
      ['etlcap wireshark install', 'add ETL support to Wireshark'],
    ],
    text: ['Archives (.zip, .cab, .tar, .gz, .tgz, .zst) are searched for traces. Options: COMMAND --help.'],
    examples: ['etlcap PktMon.etl', 'ssh host cat trace.etl | etlcap - -o - | tshark -r -'],
    exitCodes: [
      [0, 'success'],
      [1, 'failed'],
      [2, 'usage error'],
      [3, 'data lost or damaged, with --strict'],
      [4, 'no packets'],
    ],
  },
  info: {
    description: 'Show the contents of a trace without converting it',
    usage: [['etlcap info FILE.etl …', '']],
    text: [
      'Prints host and Windows version, time range and clock, losses and damage, providers with their events ' +
        'and packets, interfaces, capture points, pktmon components and counters, compartments, filters.',
    ],
    examples: [
      'etlcap info NetTrace.etl',
      'ssh host cat PktMon.etl | etlcap info -',
      `etlcap info --json PktMon.etl | jq '.components[] | select(.dropCounters.packetsIn != "0")'`,
    ],
    exitCodes: READ_CODES,
  },
  events: {
    description: 'Print the non-packet events of a trace',
    usage: [['etlcap events FILE.etl …', '']],
    text: ['Prints one line per event, sorted by time.'],
    examples: [
      'etlcap events NetTrace.etl --level warning',
      `etlcap events PktMon.etl --ndjson | jq 'select(.name == "ComponentInfo") | .data.Name'`,
      'etlcap events NetTrace.etl --providers Microsoft-Windows-TCPIP | less',
    ],
    exitCodes: READ_CODES,
  },
  path: {
    description: 'Trace packets through the Windows network stack',
    usage: [
      ['etlcap path FILE.etl …', 'the path of each packet, hop by hop'],
      ['etlcap path --summary FILE.etl …', 'the distinct paths: counts, latency, drops, losses'],
      ['etlcap path --compare OTHER.etl FILE.etl', 'paths that are new, missing or slower in FILE.etl'],
    ],
    text: [
      'Appearances of a packet are matched by PktGroupId and PktNumber (pktmon) or NBL (vSwitch); otherwise by ' +
        'identical content within 50 ms, marked as a guess. Multiple files are treated as one capture. ' +
        'Directions: Rx and Tx at NDIS edges, Ingress and Egress at switch ports, In and Out at IP.',
    ],
    headings: { selection: 'Filters' },
    examples: [
      'etlcap path PktMon.etl --drops only',
      'etlcap path PktMon.etl --address 172.16.0.10 --compartment 2 --slower-than 1ms',
      'etlcap path --summary PktMon.etl',
      'etlcap path --compare before.etl after.etl',
      `etlcap path PktMon.etl --json | jq 'select(.outcome.kind == "last-seen")'`,
    ],
    exitCodes: [...READ_CODES, [4, 'no packets, or none matched']],
  },
  diagnose: {
    description: 'Report what is wrong in a trace, and why',
    usage: [
      ['etlcap diagnose FILE.etl …', 'one line for each finding; several files are one capture'],
      ['etlcap diagnose --explain ID', 'what a finding examines, its thresholds and limits'],
    ],
    text: [
      'Examines packets, drops and logged errors. A finding that another one explains is indented below it. The basis of ' +
        'a finding is logged (an event states it), seen (packets show it) or inferred.',
    ],
    examples: [
      'etlcap diagnose PktMon.etl',
      'etlcap diagnose NetTrace.etl --fail-on error --ignore drop-benign',
      `etlcap diagnose PktMon.etl --json | jq '.findings[] | {id, count, filter}'`,
      'etlcap diagnose --explain drop-vlan',
    ],
    exitCodes: [...READ_CODES, [5, 'findings, with --fail-on']],
  },
  report: {
    description: 'HTML report on packet paths through a Windows host',
    usage: [
      ['etlcap report FILE.etl … -o report.html', 'write a report for the browser'],
      ['etlcap report merge SHARD.json …', 'join batch reports (etlcap report merge --help)'],
    ],
    text: [
      'The report is one self-contained file; it works offline. It shows packets and drops over time, a map of ' +
        'the network stack with packet counts, latency per hop, conversations, and every drop.',
    ],
    headings: { selection: 'Filters' },
    examples: [
      'etlcap report PktMon.etl -o report.html',
      'etlcap report PktMon.etl --drops only -o drops.html',
    ],
    exitCodes: [
      [0, 'success'],
      [1, 'failed'],
      [2, 'usage error'],
      [4, 'no packets, or none matched: no report'],
    ],
  },
  'report merge': {
    description: 'Join the reports of the shards of a batch',
    usage: [['etlcap report merge SHARD.json … [-o ALL.json] [-o ALL.xml]', '']],
    text: ['Joins reports of etlcap batch --shard N/M --report SHARD.json. Fails if a shard is missing.'],
    examples: ['etlcap report merge shard*.json -o all.json'],
    exitCodes: [
      [0, 'all traces converted'],
      [1, 'some failed, or a shard is missing'],
      [2, 'usage error'],
      [3, 'data lost or damaged, with --strict'],
    ],
  },
  table: {
    description: 'Write the contents of traces as tables for databases',
    usage: [['etlcap table FILE|DIR|GLOB … -o OUTDIR', '']],
    text: [
      'Writes the tables packets (one row for each appearance of a packet), events, conversations, interfaces and findings. ' +
        'A file of a table is OUTDIR/TABLE/host=HOST/date=DATE/TRACE.parquet: DuckDB, Spark, Trino and ClickHouse read host ' +
        'and date from the path. docs/queries.md has queries.',
    ],
    examples: [
      'etlcap table PktMon.etl -o tables',
      'etlcap table traces/ -o tables --tables packets events --format csv',
    ],
    exitCodes: [
      [0, 'success'],
      [1, 'a trace failed; the others were written'],
      [2, 'usage error'],
    ],
  },
  batch: {
    description: 'Convert directories of ETL traces',
    usage: [['etlcap batch DIR|GLOB|FILE … -o OUTDIR', '']],
    text: [
      'Converts .etl, .etl.gz, .etl.zst, and traces in .zip, .cab, .tar, .tar.gz and .tar.zst, up to four archives ' +
        'deep. The directory structure is preserved; an archive becomes a directory of its name. Traces already ' +
        'converted are skipped, so you can rerun after Ctrl-C.',
    ],
    headings: { work: 'Selection and parallel work' },
    omittedSections: ['selection', 'events', 'annotations'],
    notes: [
      'Conversion options are the same as for etlcap FILE.etl: --events, --comments, --split, --drops …',
    ],
    examples: [
      'etlcap batch traces/ -o captures/',
      "etlcap batch 'logs/**/*.etl' -o captures/ --report traces.xml --require-packets",
      'etlcap batch /traces -o /captures --shard 3/8 --report shard3.json',
      'etlcap report merge shard*.json -o all.json',
    ],
    exitCodes: [
      [0, 'all converted (traces without packets count as success)'],
      [1, 'some failed'],
      [2, 'usage error'],
      [3, 'data lost or damaged, with --strict'],
    ],
  },
  watch: {
    description: 'Convert ETL traces as they arrive',
    usage: [['etlcap watch DIR -o OUTDIR', '']],
    text: [
      'Converts traces as they arrive in DIR until SIGTERM or Ctrl-C. A conversion in progress is discarded and ' +
        'started again by the next watch.',
    ],
    headings: { work: 'Timing and parallel work' },
    omittedSections: ['selection', 'events', 'annotations'],
    notes: [
      'Conversion options are the same as for etlcap FILE.etl: --events, --comments, --split, --drops …',
    ],
    examples: ['etlcap watch /incoming -o /captures --report /captures/report.json'],
    exitCodes: [
      [0, 'all converted'],
      [1, 'some failed'],
      [2, 'usage error'],
      [3, 'data lost or damaged, with --strict'],
    ],
  },
  wireshark: {
    description: 'Add ETL support to Wireshark',
    usage: [
      ['etlcap wireshark install', 'copy plugin, capture source and profile to the personal folders'],
      ['etlcap wireshark uninstall', 'remove only what install added'],
      ['etlcap wireshark status', 'show what is installed, and where'],
    ],
    text: [
      'After a restart, Wireshark has the capture source "ETL trace", File > Open and tshark -r for .etl, fields ' +
        'etl.*, Statistics > ETL, tshark -z etl,packets and -z etl,drops, and the profile ETL (wireshark -C ETL).',
    ],
    headings: { output: 'Options' },
    examples: ['etlcap wireshark install --dir ~/.config/wireshark'],
    exitCodes: [
      [0, 'success'],
      [1, 'failed; status: a file is missing, outdated or changed'],
      [2, 'usage error'],
    ],
  },
  extcap: {
    description: 'Capture source of Wireshark',
    usage: [['etlcap extcap …', 'called by Wireshark']],
    text: [],
    examples: [],
    exitCodes: [...READ_CODES, [4, 'no packets']],
  },
};

/** Commands that people type, in the order of the list; `report merge` is a command of `report`. */
export const TYPED_COMMANDS = [
  'batch',
  'diagnose',
  'events',
  'info',
  'path',
  'report',
  'table',
  'watch',
  'wireshark',
] as const;
