import { plural } from '../../format/index.js';
import { ComponentType } from '../../host/index.js';
import { formatMac } from '../../net/index.js';
import { isGroupAddressed } from '../group-address.js';
import type { Journey, JourneyNote } from '../journey.js';
import { locationName } from '../last-location.js';
import type { Rule } from '../rule.js';

/** Ports that one packet must go to. */
const MIN_PORTS = 3;
/** Packets to one address: a switch floods the first ones, until it has learned the port. */
const MIN_PACKETS = 3;
const MAX_ADDRESSES = 10_000;

/** Unicast packets that a virtual switch sends to many ports. */
export const pathFlood: Rule = {
  id: 'path-flood',
  severity: 'warning',
  basis: 'seen',
  summary: 'Unicast packets that a virtual switch sends to all ports',
  meaning:
    'A virtual switch does not know at which port a MAC address is, and sends its packets to all ports. ' +
    'All virtual machines and containers receive them, which costs processor time and shows traffic to others.',
  check: [
    'Get-VMNetworkAdapter * | select VMName,MacAddress',
    'arp -a',
    'Get-VMSwitch | select Name,SwitchType',
  ],
  explain: [
    'Examines packets to a single MAC address that a virtual switch sends to three or more ports. Reported from three packets to ' +
      'one address on: the first packets to a new address are always sent to all ports.',
    'Limits: multicasts and broadcasts are not examined. The capture must show the ports that packets go to.',
  ],
  observe: (context, findings) => {
    const notes = new Map<string, JourneyNote[]>();
    return {
      onJourney: (journey) => {
        if (journey.isDerived || isGroupAddressed(journey)) return;
        const { destinationMac } = journey.frame;
        const ports = portsOf(journey);
        if (ports.count < MIN_PORTS || destinationMac < 0) return;
        const mac = formatMac(journey.bytes, destinationMac, 6);
        const key = `${journey.host} ${mac}`;
        const known = notes.get(key) ?? [];
        if (known.length < 100) known.push(journey.note());
        if (notes.size < MAX_ADDRESSES) notes.set(key, known);
        if (known.length < MIN_PACKETS) return;
        const group = findings.at(key, () => ({ title: '' }));
        for (const note of known) group.addPacket(note);
        group.subject = {
          title: `${plural(group.count, 'packet')} to ${mac} sent to ${ports.count} ports at ${ports.name}: the switch does not know its port`,
          evidence: { location: ports.name, values: { mac, ports: ports.count } },
        };
      },
    };

    /** The most ports that one hop sends the packet to, or that it leaves a switch at. */
    function portsOf(journey: Journey): { readonly count: number; readonly name: string } {
      let count = 0;
      let name = '';
      const left = new Set<number | undefined>();
      for (const { hopLocation } of journey.hops) {
        const { captureLocation, destinations, directionText } = hopLocation;
        const { componentType } = context.names.factsOf(captureLocation, journey.host);
        if (componentType === ComponentType.vmsVmNic && directionText === 'Egress')
          left.add(captureLocation.componentId);
        const here = Math.max(destinations.length, left.size);
        if (here <= count) continue;
        count = here;
        name = locationName(hopLocation, journey.host, context);
      }
      return { count, name };
    }
  },
};
