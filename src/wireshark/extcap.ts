/** The name of the capture interface, as Wireshark passes it back in --extcap-interface. */
export const EXTCAP_INTERFACE = 'etlcap';

/** One `{key=value}` after another; a value with a brace would end the sentence early. */
function sentence(word: string, values: Readonly<Record<string, string>>): string {
  const parts = Object.entries(values).map(([key, value]) => `{${key}=${value.replace(/[{}]/gu, '')}}`);
  return `${word} ${parts.join('')}\n`;
}

/**
 * Answer to --extcap-interfaces.
 *
 * @param version of etlcap
 */
export function extcapInterfaces(version: string): string {
  return (
    sentence('extcap', { version, display: 'etlcap' }) +
    sentence('interface', { value: EXTCAP_INTERFACE, display: 'ETL trace (netsh trace, pktmon)' })
  );
}

/**
 * Answer to --extcap-dlts. pcapng says the link type of each interface itself; Wireshark wants one before it captures.
 * DLT_EN10MB is 1.
 */
export function extcapDlts(): string {
  return sentence('dlt', { number: '1', name: 'EN10MB', display: 'as the trace says' });
}

interface Choice {
  readonly value: string;
  readonly display: string;
}

interface Argument {
  /** The option that Wireshark passes on. */
  readonly call: string;
  readonly display: string;
  readonly type: 'fileselect' | 'selector' | 'boolflag' | 'string';
  readonly tooltip?: string;
  readonly required?: true;
  readonly mustexist?: true;
  readonly fileext?: string;
  readonly placeholder?: string;
  readonly group: string;
  /** The first one is the default. */
  readonly choices?: readonly Choice[];
}

/** The dialog, in its order. Names of options and choices are those of `etlcap FILE.etl`. */
const ARGUMENTS: readonly Argument[] = [
  {
    call: '--trace',
    display: 'Trace file',
    tooltip: 'What netsh trace, pktmon or New-NetEventSession wrote',
    type: 'fileselect',
    required: true,
    mustexist: true,
    fileext: 'ETL traces (*.etl)',
    group: 'Trace',
  },
  {
    call: '--compartments',
    display: 'Compartments file',
    tooltip: 'Output of ipconfig /allcompartments, or of Get-NetIPAddress -IncludeAllCompartments',
    type: 'fileselect',
    mustexist: true,
    group: 'Trace',
  },
  {
    call: '--comments',
    display: 'Packet comments',
    tooltip: 'What Windows knew about each packet',
    type: 'selector',
    choices: [
      { value: 'full', display: 'Everything' },
      { value: 'brief', display: 'Without what the interface says' },
      { value: 'none', display: 'None' },
    ],
    group: 'Trace',
  },
  {
    call: '--inline-events',
    display: 'Other events',
    tooltip: 'Events that are not packets, between the packets',
    type: 'selector',
    choices: [
      { value: 'none', display: 'Leave them out' },
      { value: 'journal', display: 'As journal entries' },
      { value: 'etw', display: 'As ETW records' },
    ],
    group: 'Events',
  },
  {
    call: '--providers',
    display: 'Providers',
    tooltip: 'Only events of these providers: names or GUIDs; commas between',
    type: 'string',
    placeholder: 'Microsoft-Windows-TCPIP',
    group: 'Events',
  },
  {
    call: '--level',
    display: 'Level',
    type: 'selector',
    choices: [
      { value: 'all', display: 'All' },
      { value: 'critical', display: 'Critical' },
      { value: 'error', display: 'Error and above' },
      { value: 'warning', display: 'Warning and above' },
      { value: 'info', display: 'Information and above' },
    ],
    group: 'Events',
  },
  {
    call: '--drops',
    display: 'Dropped packets',
    type: 'selector',
    choices: [
      { value: 'all', display: 'With all others' },
      { value: 'only', display: 'Only dropped packets' },
      { value: 'exclude', display: 'Leave them out' },
    ],
    group: 'Filter',
  },
  {
    call: '--one-copy',
    display: 'Copies of each packet',
    tooltip: 'Windows records a packet at several locations: write all copies, or one',
    type: 'selector',
    choices: [
      { value: 'all', display: 'All' },
      { value: 'nic', display: 'One, at the NIC' },
      { value: 'stack', display: 'One, at TCP/IP' },
      { value: 'first', display: 'The first' },
      { value: 'last', display: 'The last' },
    ],
    group: 'Filter',
  },
  {
    call: '--component',
    display: 'Components',
    tooltip:
      'Only packets seen there: component ids, or names of components, NICs or interfaces; commas between',
    type: 'string',
    placeholder: '59, Ethernet',
    group: 'Filter',
  },
  {
    call: '--since',
    display: 'From',
    type: 'string',
    placeholder: '2024-06-10T20:18:35Z',
    group: 'Filter',
  },
  {
    call: '--until',
    display: 'To',
    type: 'string',
    placeholder: '2024-06-10T20:19:00Z',
    group: 'Filter',
  },
];

/** Answer to --extcap-config: the dialog of the interface. */
export function extcapConfig(): string {
  return ARGUMENTS.map(argumentSentences).join('');
}

function argumentSentences(
  { call, display, type, tooltip, required, mustexist, fileext, placeholder, group, choices = [] }: Argument,
  number: number,
): string {
  const argument = sentence('arg', {
    number: String(number),
    call,
    display,
    type,
    ...(tooltip !== undefined && { tooltip }),
    ...(required && { required: 'true' }),
    ...(mustexist && { mustexist: 'true' }),
    ...(fileext !== undefined && { fileext }),
    ...(placeholder !== undefined && { placeholder }),
    ...(type === 'boolflag' && { default: 'false' }),
    group,
  });
  const values = choices.map((choice, at) =>
    sentence('value', {
      arg: String(number),
      value: choice.value,
      display: choice.display,
      default: String(at === 0),
    }),
  );
  return argument + values.join('');
}
