import { printable } from '../../etw/index.js';
import { count, plural } from '../../format/index.js';
import { HOST_INFO_KINDS, type HostInfoFileReport, type HostInfoKind } from '../../host/index.js';
import type { TraceSummary } from '../../passes/index.js';

/** Words for contents of files saved on the host. */
const HOST_INFO_NAMES: Readonly<Record<HostInfoKind, readonly [one: string, many: string]>> = {
  components: ['component', 'components'],
  adapters: ['adapter', 'adapters'],
  switches: ['switch', 'switches'],
  virtualNics: ['virtual NIC', 'virtual NICs'],
  ports: ['port', 'ports'],
  networks: ['network', 'networks'],
  endpoints: ['endpoint', 'endpoints'],
  namespaces: ['namespace', 'namespaces'],
  addresses: ['IP interface', 'IP interfaces'],
  processes: ['process', 'processes'],
  routes: ['route (not used)', 'routes (not used)'],
  neighbors: ['neighbor (not used)', 'neighbors (not used)'],
};

/** Files whose contents a text has one by one. */
const MAX_HOST_INFO_LINES = 8;

/** Names of files that were not used, in one line. */
const MAX_UNUSED_NAMES = 3;

/** The files saved on the host that were used for a trace, with their contents; then those that were not. */
export function hostInfoLines({ hostInfo = [] }: Pick<TraceSummary, 'hostInfo'>): string[] {
  const isUsed = ({ contents }: HostInfoFileReport): boolean => Object.keys(contents).length > 0;
  const used = hostInfo.filter(isUsed);
  const unused = hostInfo.filter((file) => !isUsed(file));
  // Those with a problem first: the rest is only counted.
  const sorted = [...used].sort((a, b) => Number(b.problem !== undefined) - Number(a.problem !== undefined));
  const lines = sorted.slice(0, MAX_HOST_INFO_LINES).map(({ contents, name, problem }) => {
    const counts = HOST_INFO_KINDS.flatMap((kind) => {
      const entries = contents[kind];
      const [one, many] = HOST_INFO_NAMES[kind];
      return entries === undefined ? [] : [`${count(entries)} ${entries === 1 ? one : many}`];
    });
    return hostInfoLine(name, [...counts, ...(problem === undefined ? [] : [problem])]);
  });
  if (sorted.length > lines.length)
    lines.push(`  host info: ${plural(sorted.length - lines.length, 'further file')}`);
  const [first] = unused;
  if (unused.length === 1 && first !== undefined)
    lines.push(hostInfoLine(first.name, [first.problem ?? 'not used']));
  else if (first !== undefined) {
    const names = unused.slice(0, MAX_UNUSED_NAMES).map(({ name }) => name.replace(/^.*[/\\]/, ''));
    const more = unused.length > names.length ? ', …' : '';
    lines.push(
      `  host info: ${plural(unused.length, 'file')} not used: ${printable(names.join(', '))}${more}; reasons: --json`,
    );
  }
  return lines;
}

const hostInfoLine = (name: string, parts: readonly string[]): string =>
  `  host info: ${printable(name)}: ${printable(parts.join(', '))}`;
