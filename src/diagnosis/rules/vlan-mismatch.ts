import { plural } from '../../format/index.js';
import type { DiagnosisContext } from '../context.js';
import type { Journey } from '../journey.js';
import { lastLocation } from '../last-location.js';
import { lastAttempt, requestRule } from '../unanswered.js';
import { vlanOf } from '../vlan.js';

interface Asked {
  readonly target: string;
  readonly sender: string;
  readonly vlanId: number;
}

const REPLY = 2;
const MAX_ADDRESSES = 50_000;

/** VLANs of IPv4 addresses that send ARP, by host and address. */
const vlans = new WeakMap<DiagnosisContext, Map<string, Set<number>>>();

/** Two neighbors of one network that are in different VLANs. */
export const vlanMismatch = requestRule<Asked>({
  id: 'vlan-mismatch',
  summary: 'Neighbors in different VLANs',
  meaning:
    'The host requested the address of a neighbor in one VLAN, and this neighbor sends in another one. ' +
    'The request cannot reach it: one of the two ports has the wrong VLAN.',
  check: [
    'Get-VMNetworkAdapterVlan',
    'Get-VMNetworkAdapterIsolation',
    'Get-NetAdapterAdvancedProperty -RegistryKeyword VlanID',
    'Get-HnsEndpoint | select Name,IPAddress,Policies',
  ],
  explain: [
    'Examines ARP requests without an answer, and the VLANs in which the asked address sends ARP: of the tag in the frame, of ' +
      'out-of-band data, or of the port. Reported is a request in one VLAN for an address that appears only in others.',
    'Limits: addresses that do not send ARP during the capture are not known. Packets that the switch drops because of their VLAN are ' +
      'drop-vlan.',
  ],
  protocols: ['ARP'],
  wait: 3,
  retryWait: 0.9,
  classify: (journey, context) => {
    const { destination, source } = journey.flow;
    const vlanId = vlanOf(journey);
    if (source === undefined || destination === undefined) return undefined;
    if (vlanId !== undefined && source !== '0.0.0.0') note(context, journey, source, vlanId);
    const data = { target: destination, sender: source, vlanId: vlanId ?? -1 };
    if (journey.frame.arpOperation === REPLY || source === destination) {
      return { kind: 'answer', keys: [`${source} ${vlanId}`], data };
    }
    if (vlanId === undefined || source === '0.0.0.0') return undefined;
    return { kind: 'request', keys: [`${destination} ${vlanId}`], data };
  },
  group: ({ attempts: [first], data: { target, vlanId } }, context) => {
    const known = first && vlans.get(context)?.get(`${first.host} ${target}`);
    if (first === undefined || known === undefined || known.has(vlanId)) return undefined;
    return { key: `${first.host} ${vlanId} ${target}`, links: [`neighbor ${target}`] };
  },
  describe: (requests, group, context) => {
    const last = lastAttempt(requests);
    const [first] = requests;
    if (first === undefined || last === undefined) return { title: '' };
    const { sender, target, vlanId } = first.data;
    const others = [...(vlans.get(context)?.get(`${last.host} ${target}`) ?? [])].map(vlanText).join(', ');
    return {
      title: `${sender} asks for ${target} in ${vlanText(vlanId)}, but ${target} sends in ${others}: ${plural(group.count, 'request')}`,
      basis: 'seen',
      evidence: { location: lastLocation(last, context), values: { vlan: vlanId, neighborVlan: others } },
    };
  },
});

const vlanText = (vlanId: number): string => (vlanId === 0 ? 'no VLAN' : `VLAN ${vlanId}`);

function note(context: DiagnosisContext, journey: Journey, address: string, vlanId: number): void {
  let known = vlans.get(context);
  if (known === undefined) {
    known = new Map();
    vlans.set(context, known);
  }
  const key = `${journey.host} ${address}`;
  const all = known.get(key);
  if (all !== undefined) all.add(vlanId);
  else if (known.size < MAX_ADDRESSES) known.set(key, new Set([vlanId]));
}
