import type { JourneyNote } from '../journey.js';
import { isFromOutside } from '../origin.js';
import type { Rule } from '../rule.js';

/** Addresses that every compartment may have. */
const COMMON = /^(?:127\.|169\.254\.|0\.0\.0\.0$|255\.255\.255\.255$|fe80:|ff|22[4-9]\.|23\d\.|::1?$)/iu;
const MAX_ADDRESSES = 50_000;
const MAX_NOTES = 50;

/** Packets of one address in one compartment. */
type Notes = JourneyNote[];

/** One address that is used in several compartments. */
export const overlap: Rule = {
  id: 'overlap',
  severity: 'note',
  basis: 'seen',
  summary: 'Addresses that are used in several compartments',
  meaning:
    'The same IP address is used in several network compartments, for example by two containers. ' +
    'This is allowed; addresses alone do not identify the host of a packet, so compare compartments or ports.',
  check: [
    'Get-NetIPAddress -IncludeAllCompartments | group IPAddress | where Count -gt 1',
    'Get-HnsEndpoint | select Name,IPAddress',
  ],
  explain: [
    'Examines the local address of each packet whose compartment is known. Reported is an address with packets in two or more ' +
      'compartments of one host. Loopback, link-local, broadcast and multicast addresses are not examined.',
    'Limits: packets without a compartment are not examined; pktmon shows compartments of IP interfaces only.',
  ],
  observe: (_context, findings) => {
    const addresses = new Map<string, Map<number, Notes>>();
    return {
      onJourney: (journey) => {
        const { compartment } = journey.path;
        if (compartment === undefined || journey.isDerived) return;
        const { destination, source } = journey.flow;
        const address = isFromOutside(journey) ? destination : source;
        if (address === undefined || COMMON.test(address)) return;
        const key = `${journey.host} ${address}`;
        let known = addresses.get(key);
        if (known === undefined) {
          if (addresses.size >= MAX_ADDRESSES) return;
          known = new Map();
          addresses.set(key, known);
        }
        const notes = known.get(compartment) ?? [];
        if (notes.length < MAX_NOTES) notes.push(journey.note());
        known.set(compartment, notes);
      },
      onEnd: () => {
        for (const [key, byCompartment] of addresses) {
          if (byCompartment.size < 2) continue;
          const address = key.slice(key.indexOf(' ') + 1);
          const list = [...byCompartment.keys()].sort((a, b) => a - b).join(', ');
          const group = findings.at(key, () => ({
            title: `${address} is used in compartments ${list}`,
            evidence: { values: { address, compartments: list } },
          }));
          for (const notes of byCompartment.values()) for (const note of notes) group.addPacket(note);
        }
      },
    };
  },
};
