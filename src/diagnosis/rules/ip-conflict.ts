import { formatMac } from '../../net/index.js';
import type { Journey, JourneyNote } from '../journey.js';
import type { Rule } from '../rule.js';
import { SECOND } from '../unanswered.js';

const REPLY = 2;
/** Offset of the sender's MAC address from the ARP header (RFC 826). */
const SENDER_MAC = 8;
/** Claims that are farther apart may be a host that got a new adapter. */
const CLAIMED_WITHIN = 60 * SECOND;
const MAX_ADDRESSES = 50_000;
/** Claims of one address that are kept. */
const MAX_CLAIMS = 64;

/** MAC addresses that several devices use by design: HSRP, VRRP, GLBP, CARP, NLB. */
const VIRTUAL_MAC =
  /^(?:00:00:0c:07:ac|00:00:0c:9f:f|00:05:73:a0|00:00:5e:00:0[12]|00:07:b4|0[23]:bf|02:0[1-9a-f])/u;

interface Claim {
  readonly mac: string;
  readonly note: JourneyNote;
}

interface Claims {
  readonly claims: Claim[];
  /** A probe for the address: its sender wants it and does not have it yet. */
  probe: Claim | undefined;
  /** Two devices that claim the address in turn. */
  rivals: readonly [Claim, Claim] | undefined;
}

/** One IPv4 address that several MAC addresses claim. */
export const ipConflict: Rule = {
  id: 'ip-conflict',
  severity: 'error',
  basis: 'seen',
  summary: 'IP addresses that two devices claim',
  meaning:
    'Two devices claim the same IP address by ARP. ' +
    'Packets reach one or the other, and connections break as neighbors learn the other MAC address.',
  check: [
    'arp -a ADDRESS',
    'Get-NetIPAddress -IPAddress ADDRESS',
    'Get-VMNetworkAdapter * | select VMName,MacAddress,IPAddresses',
    'Get-WinEvent -FilterHashtable @{LogName="System";ProviderName="Tcpip";Id=4199}',
  ],
  explain: [
    'Examines the sender addresses of ARP packets, for each compartment and VLAN. Reported is an address that one MAC address ' +
      'claims, then another, then the first one again within 60 seconds; and a probe for a duplicate address (sender 0.0.0.0) that ' +
      'a device with another MAC address answers.',
    'Not reported are MAC addresses that devices share by design (HSRP, VRRP, GLBP, NLB), and an address that moves once, as in a ' +
      'failover.',
    'Limits: conflicts of IPv6 addresses are not examined. Proxy ARP of two routers for one address looks like a conflict.',
  ],
  protocols: ['ARP'],
  observe: (_context, findings) => {
    const addresses = new Map<string, Claims>();
    const report = (address: string, first: Claim, second: Claim, notes: readonly JourneyNote[]): void => {
      const { compartment, host } = first.note;
      const group = findings.at(`${host} ${compartment} ${address}`, () => ({
        title: `${address} is claimed by ${first.mac} and ${second.mac}`,
        evidence: { values: { address, firstMac: first.mac, secondMac: second.mac } },
      }));
      for (const note of notes) group.addPacket(note);
      group.link(`neighbor ${address}`);
    };
    return {
      onJourney: (journey) => {
        if (journey.isDerived) return;
        const mac = senderMac(journey);
        const { destination, source } = journey.flow;
        if (mac === undefined || source === undefined || destination === undefined || VIRTUAL_MAC.test(mac))
          return;
        const { vlanId } = journey.path.first;
        const scope = `${journey.host} ${journey.path.compartment} ${vlanId}`;
        const isProbe = source === '0.0.0.0';
        const address = isProbe ? destination : source;
        const key = `${scope} ${address}`;
        let known = addresses.get(key);
        if (known === undefined) {
          if (addresses.size >= MAX_ADDRESSES) return;
          known = { claims: [], probe: undefined, rivals: undefined };
          addresses.set(key, known);
        }
        const claim = { mac, note: journey.note() };
        if (isProbe) {
          known.probe = claim;
          return;
        }
        const { probe } = known;
        const isAnswer = journey.frame.arpOperation === REPLY;
        if (probe !== undefined && isAnswer && probe.mac !== mac && isNear(probe.note, claim.note)) {
          report(address, probe, claim, [probe.note, claim.note]);
        }
        const { claims } = known;
        claims.push(claim);
        if (claims.length > MAX_CLAIMS) claims.shift();
        const other = claims.findIndex((each) => each.mac !== mac && isNear(each.note, claim.note));
        const before = claims.findIndex((each) => each.mac === mac);
        const rival = claims[other];
        const isBack = rival !== undefined && before < other && before < claims.length - 1;
        if (!isBack && known.rivals === undefined) return;
        known.rivals ??= [claims[before] ?? claim, rival ?? claim];
        const [first, second] = known.rivals;
        report(
          address,
          first,
          second,
          claims.map((each) => each.note),
        );
      },
    };
  },
};

const isNear = (earlier: JourneyNote, later: JourneyNote): boolean =>
  Number(later.ticks - earlier.ticks) <= CLAIMED_WITHIN;

function senderMac({ bytes, frame: { networkStart } }: Journey): string | undefined {
  const at = networkStart + SENDER_MAC;
  return bytes[networkStart + 4] === 6 && at + 6 <= bytes.length ? formatMac(bytes, at, 6) : undefined;
}
