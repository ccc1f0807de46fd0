import type { HostInfoCollector } from './collector.js';
import { macOf, nameOf } from './names.js';

/** The line that starts a port. The tool's output is not translated. */
const PORT_NAME = 'port name';

/** Whether a text is the output of `vfpctrl /list-vmswitch-port`. */
export const isPortText = (lines: readonly string[]): boolean =>
  lines.some((line) => /^\s*Port name\s*:/i.test(line));

/**
 * Takes `vfpctrl /list-vmswitch-port`: for each port lines `name : value`, the first one `Port name`, among them the
 * port's and the NIC's name and friendly name, the switch, the MAC address and the VM's name (members as microsoft's and
 * Intel's public scripts read them). Counters that collectlogs.ps1 appends are passed over.
 */
export function readPortText(lines: readonly string[], into: HostInfoCollector): void {
  let members: Map<string, string> | undefined;
  const finish = (): void => {
    if (members === undefined) return;
    const text = (name: string): string => members?.get(name) ?? '';
    const mac = macOf(text('mac address'));
    into.add('ports', into.ports, {
      name: text(PORT_NAME),
      friendlyName: text('port friendly name'),
      switchName: text('switch name'),
      switchFriendlyName: text('switch friendly name'),
      nicName: text('nic name'),
      nicFriendlyName: text('nic friendly name'),
      ...(mac !== undefined && { mac }),
      vmName: text('vm name'),
    });
    members = undefined;
  };
  for (const line of lines) {
    if (/^Get-port-counter for port:/i.test(line)) {
      finish();
      continue;
    }
    const colon = line.indexOf(':');
    if (colon === -1) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    // `Port type:            : Synthetic`
    const value = nameOf(line.slice(colon + 1).replace(/^ *: /, ''));
    if (name === PORT_NAME) {
      finish();
      if (value !== '') members = new Map();
    }
    if (members !== undefined && !members.has(name) && members.size < 256) members.set(name, value);
  }
  finish();
}
