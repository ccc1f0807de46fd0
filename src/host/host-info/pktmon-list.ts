import type { HostInfoCollector } from './collector.js';
import type { ListedComponent } from './listed.js';
import { macOf, nameOf } from './names.js';
import {
  elementsOf,
  membersOf,
  numberMember,
  type PowerShellObject,
  textMember,
} from './powershell-objects.js';

/** Properties of a component that are kept. */
const MAX_PROPERTIES = 256;

/** Names of properties, without white space and case. */
const MAC_NAMES: ReadonlySet<string> = new Set(['macaddress', 'physaddress', 'physicaladdress']);
const INDEX_NAMES: ReadonlySet<string> = new Set(['ifindex']);

const nameKey = (name: string): string => name.replace(/[\s_-]/g, '').toLowerCase();

/**
 * Takes `pktmon list --json` and `pktmon comp list --json`: an array of `{Group, Components: [{Id, SecondaryId, Name,
 * Type, DriverName, Properties: [{Name, Value}]}]}` (members as public scripts that process it use them).
 *
 * @returns false where the document is something else
 */
export function readPktmonGroups(document: unknown, into: HostInfoCollector): boolean {
  const groups = elementsOf(document).flatMap((each) => membersOf(each) ?? []);
  const isList = groups.some((group) => group.has('group') && Array.isArray(group.get('components')));
  if (!isList) return false;
  for (const group of groups) {
    for (const each of elementsOf(group.get('components'))) {
      const component = membersOf(each);
      const found = component && jsonComponent(component);
      if (found !== undefined) into.add('components', into.components, found);
    }
  }
  return true;
}

function jsonComponent(component: PowerShellObject): ListedComponent | undefined {
  const id = numberMember(component, 'id');
  if (id === undefined) return undefined;
  const secondaryId = numberMember(component, 'secondaryid');
  const properties = elementsOf(component.get('properties'))
    .slice(0, MAX_PROPERTIES)
    .flatMap((each): [string, string][] => {
      const property = membersOf(each);
      return property === undefined ? [] : [[textMember(property, 'name'), textMember(property, 'value')]];
    });
  return {
    id,
    ...(secondaryId !== undefined && secondaryId !== id && { secondaryId }),
    type: textMember(component, 'type'),
    driver: textMember(component, 'drivername', 'driver'),
    description: textMember(component, 'name', 'description'),
    ...identity(properties),
    properties,
  };
}

/** MAC and index among the properties. */
function identity(
  properties: readonly (readonly [string, string])[],
): Pick<ListedComponent, 'ifIndex' | 'mac'> {
  const valueNamed = (names: ReadonlySet<string>): string =>
    properties.find(([name]) => names.has(nameKey(name)))?.[1] ?? '';
  const mac = macOf(valueNamed(MAC_NAMES));
  const index = valueNamed(INDEX_NAMES);
  return {
    ...(mac !== undefined && { mac }),
    ...(/^\d{1,10}$/.test(index) && { ifIndex: Number(index) }),
  };
}

/** Below the headings `Id  MAC Address  Name` or `Id  Driver  Name  EtherType`, which may be translated. */
const UNDERLINE = /^( *-+)( +-+)( +-+)( +-+)?\s*$/;
const ROW = /^ *(\d{1,10}) +(\S.*)$/;
const DRIVER = /^(?:\S+\.(?:sys|dll|exe)|NULL)(?=\s|$)/i;
/** `NIC: Intel(R) Ethernet Connection`, with members below. */
const HEADING = /^(\S[^:]*):\s+(\S.*)$/;
const MEMBER = /^\s+(\S[^:]*):\s+(\S.*)$/;

/**
 * Takes the text of `pktmon list` and `pktmon comp list`, with or without `--all`.
 *
 * Layouts: a table of network adapters (printed by Windows 10 2004 to Server 2025, as published outputs have it); with
 * `--all` a block `NIC: name` with `Id:` and `Driver:`, and tables of its filters and protocols.
 *
 * @returns false where no component was found
 */
export function readPktmonText(lines: readonly string[], into: HostInfoCollector): boolean {
  const before = into.components.length;
  let heading: string | undefined;
  let members: [string, string][] = [];
  let group = '';
  const finish = (): void => {
    const id = members.find(([name]) => nameKey(name) === 'id')?.[1] ?? '';
    if (heading !== undefined && /^\d{1,10}$/.test(id)) {
      into.add('components', into.components, {
        id: Number(id),
        type: group,
        driver: members.find(([name]) => nameKey(name) === 'driver')?.[1] ?? '',
        description: heading,
        ...identity(members),
        properties: [],
      });
    }
    heading = undefined;
    members = [];
  };
  for (let n = 0; n < lines.length; n++) {
    const line = lines[n] ?? '';
    const underline = UNDERLINE.exec(line);
    if (underline !== null) {
      finish();
      const types = underline[4] === undefined ? underline[0].length : underline[0].lastIndexOf(' -') + 1;
      for (; n + 1 < lines.length && (lines[n + 1] ?? '').trim() !== ''; n++) {
        const row = lines[n + 1] ?? '';
        const found = tableComponent(underline[4] === undefined ? row : row.slice(0, types));
        if (found !== undefined) into.add('components', into.components, found);
      }
      continue;
    }
    const start = HEADING.exec(line);
    if (start !== null) {
      finish();
      group = nameOf(start[1] ?? '');
      heading = nameOf(start[2] ?? '');
      continue;
    }
    const member = MEMBER.exec(line);
    if (member !== null && members.length < MAX_PROPERTIES)
      members.push([nameOf(member[1] ?? ''), nameOf(member[2] ?? '')]);
  }
  finish();
  return into.components.length > before;
}

function tableComponent(row: string): ListedComponent | undefined {
  const cells = ROW.exec(row);
  if (cells === null) return undefined;
  const rest = (cells[2] ?? '').trimEnd();
  const [word = ''] = rest.split(/\s/, 1);
  const mac = /^[0-9a-f]{2}(?:-[0-9a-f]{2}){5}$/i.test(word);
  const driver = DRIVER.exec(rest)?.[0] ?? '';
  const address = mac ? macOf(word) : undefined;
  return {
    id: Number(cells[1]),
    type: '',
    driver: nameOf(driver),
    description: nameOf(rest.slice(mac ? word.length : driver.length)),
    ...(address !== undefined && { mac: address }),
    properties: [],
  };
}

/** Whether a text is a list of pktmon: a table whose rows start with a number and a MAC or a driver, or a `NIC:` block. */
export function isPktmonText(lines: readonly string[]): boolean {
  return lines.some((line, n) => {
    if (UNDERLINE.test(line)) {
      const rest = (ROW.exec(lines[n + 1] ?? '')?.[2] ?? '').trim();
      return DRIVER.test(rest) || macOf(rest.split(/\s/, 1)[0] ?? '') !== undefined;
    }
    return HEADING.test(line) && /^\s+Id:\s+\d+\s*$/i.test(lines[n + 1] ?? '');
  });
}
