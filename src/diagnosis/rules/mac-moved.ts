import { plural } from '../../format/index.js';
import { UNKNOWN } from '../../packets/index.js';
import type { Journey, JourneyNote } from '../journey.js';
import { sourceMacOf } from '../origin.js';
import type { Rule } from '../rule.js';

/** MAC addresses that are followed. */
const MAX_ADDRESSES = 50_000;

interface Owner {
  readonly location: string;
  readonly name: string;
  readonly note: JourneyNote;
}

/** A MAC address that sends at two ports of a virtual switch. */
export const macMoved: Rule = {
  id: 'mac-moved',
  severity: 'error',
  basis: 'seen',
  summary: 'MAC addresses that send at two ports of a virtual switch',
  meaning:
    'Frames with the same source MAC address entered a virtual switch at two ports. ' +
    'The switch sends answers to the port that it learned last, so that one of the two receives nothing.',
  check: [
    'Get-VMNetworkAdapter * | group MacAddress | where Count -gt 1',
    'Get-VMNetworkAdapter * | select VMName,Name,MacAddress,MacAddressSpoofing',
    'Get-HnsEndpoint | select Name,MacAddress,VirtualNetworkName',
  ],
  explain: [
    'Examines the source MAC address of frames where they enter a virtual switch at a port of a virtual NIC. Reported is an ' +
      'address that appears at a second port of the same switch.',
    'Limits: a virtual machine or container that moved to another port during the capture is reported too. Ports to the network ' +
      'are not examined, because all other hosts send there.',
  ],
  observe: (_context, findings) => {
    const owners = new Map<string, Owner>();
    return {
      onJourney: (journey) => {
        const port = journey.isDerived ? undefined : portOf(journey);
        const mac = sourceMacOf(journey);
        if (port === undefined || mac === undefined) return;
        const key = `${journey.host} ${port.switch} ${mac}`;
        const owner = owners.get(key);
        if (owner === undefined || owner.location === port.location) {
          if (owner === undefined && owners.size < MAX_ADDRESSES) {
            const [first] = journey.hops;
            const name = first === undefined ? port.location : journey.locationOf(first);
            owners.set(key, { location: port.location, name, note: journey.note() });
          }
          return;
        }
        const [first] = journey.hops;
        const name = first === undefined ? port.location : journey.locationOf(first);
        const group = findings.at(key, () => ({
          title: '',
          evidence: { values: { mac, firstLocation: owner.name, secondLocation: name } },
        }));
        group.addPacket(owner.note);
        group.addPacket(journey.note());
        group.subject = {
          ...group.subject,
          title: `MAC address ${mac} sends at ${owner.name} and at ${name}: ${plural(group.count - 1, 'packet')} at the second port`,
        };
      },
    };
  },
};

/** The port of a virtual NIC where a packet entered a switch; undefined if it entered elsewhere. */
function portOf({
  path: { first },
}: Journey): { readonly switch: number; readonly location: string } | undefined {
  const { captureLocation, directionText } = first.hopLocation;
  if (captureLocation.source === 'vswitch') {
    const { miniportIfIndex = UNKNOWN, nicType = '', portId } = captureLocation;
    if (portId === undefined || /^external/iu.test(nicType)) return undefined;
    return { switch: miniportIfIndex, location: `port ${portId}` };
  }
  if (captureLocation.source !== 'pktmon' || directionText !== 'Ingress') return undefined;
  return { switch: UNKNOWN, location: `component ${captureLocation.componentId}` };
}
