import { describe, expect, it } from 'vitest';
import { ByteWriter } from '../../../samples/encoder/index.js';
import { FaultHost } from '../../../samples/scenarios/faults/fault-host.js';
import { natVswitch, pktmonDrops } from '../../../samples/scenarios/index.js';
import { dropped, HYPER_V_VMSWITCH } from '../../../samples/scenarios/vmswitch-events.js';
import { diagnosisOf, only } from '../diagnose.js';

const NIC = { name: '0E5B2F7C--4C1D8D52', friendlyName: 'web' };
const SWITCH = { name: '1D0A1A2E', friendlyName: 'nat' };
const UNAUTHORIZED_VLAN = 10;
const QOS = 14;

const drops = (host: FaultHost, reason: number, count: number): void => {
  for (let n = 0; n < count; n++) {
    const data = new ByteWriter().bytes(dropped(NIC, SWITCH, reason));
    host.event({ ms: 100 * n }, { provider: HYPER_V_VMSWITCH, id: 54, data });
  }
};

describe('drop-vlan', () => {
  it('names the VLAN of the packet and that of the port, by the drop record of pktmon', async () => {
    const finding = only(await diagnosisOf(pktmonDrops().plain), 'drop-vlan');
    expect(finding).toMatchObject({
      basis: 'logged',
      count: 1,
      frames: [63],
      compartment: 3,
      flow: { protocol: 'UDP', source: '172.16.0.10:40000', destination: '172.16.0.1:5000' },
      evidence: {
        DropReason: 10,
        dropLocationName: 'VMS_PT_NIC_RCV_NBL1',
        values: { vlan: 999, portVlan: 102 },
      },
    });
  });

  it('a vSwitch capture records only the fact: event 54 of the same NIC, time and processor has the reason', async () => {
    const finding = only(await diagnosisOf(natVswitch().plain), 'drop-vlan');
    expect(finding).toMatchObject({
      count: 1,
      frames: [73],
      component: 'Container NIC db "test"',
      evidence: { Drop: 'UnauthorizedVLAN', eventId: 54, fields: { NicFName: 'Container NIC db "test"' } },
    });
    expect(finding.events).toMatchObject([{ eventId: 54 }]);
  });

  it('without packets, the events themselves are the finding', async () => {
    const host = new FaultHost();
    drops(host, UNAUTHORIZED_VLAN, 3);
    const document = await diagnosisOf(host.finish('events').plain);
    expect(document.packets).toBe(0);
    expect(only(document, 'drop-vlan')).toMatchObject({
      count: 3,
      frames: [],
      title: 'VLAN not allowed at NIC web of switch nat Ingress',
      evidence: { Drop: 'UnauthorizedVLAN', eventId: 54 },
    });
  });

  it('drops for another reason are not of this kind', async () => {
    const host = new FaultHost();
    drops(host, QOS, 2);
    const { findings } = await diagnosisOf(host.finish('events').plain);
    expect(findings.filter(({ id }) => id === 'drop-vlan')).toEqual([]);
  });
});
