import { describe, expect, it } from 'vitest';
import { LOGGED_ERRORS } from '../../../samples/scenarios/faults/logged-errors.js';
import { natVswitch } from '../../../samples/scenarios/index.js';
import type { Finding } from '../../../src/diagnosis/index.js';
import { diagnosisOf, only } from '../diagnose.js';

async function findingOf(id: string): Promise<Finding> {
  const fault = LOGGED_ERRORS.find((each) => each.id === id);
  if (fault === undefined) throw new Error(id);
  return only(await diagnosisOf(fault.faulty().scenario.plain), id);
}

describe('logged errors', () => {
  it.each([
    [
      'nic-reset',
      'Intel(R) Ethernet Connection (17) I219-LM was reset: the driver reports that the hardware hangs',
    ],
    ['link-down', 'link of Intel(R) Ethernet Connection (17) I219-LM went down'],
    ['vf-switched', 'packets of Microsoft Hyper-V Network Adapter moved to the synthetic path'],
    ['vswitch-error', 'dropped by port ACL deny-all at web'],
    ['connect-failed', 'connection to 192.0.2.80:1433 failed: STATUS_IO_TIMEOUT (0xc00000b5), process 4312'],
    ['dns-client-error', 'DNS client: db.contoso.com: DNS_ERROR_RCODE_SERVER_FAILURE (9002)'],
    [
      'dhcp-client-error',
      'DHCP client of 00:15:5d:3c:90:0a could not renew its lease: ERROR_SEM_TIMEOUT (121)',
    ],
    ['hns-error', 'HNS error 1003 (nat): E_INVALIDARG (0x80070057)'],
    ['tls-error', 'TLS: the other host sent an alert: handshake_failure (40)'],
  ])('%s names its subject and the status', async (id, title) => {
    expect(await findingOf(id)).toMatchObject({ title, severity: 'error', basis: 'logged', count: 1 });
  });

  it('a filter of WFP is named with layer and program, and its packet by addresses and ports', async () => {
    expect(await findingOf('wfp-blocked')).toMatchObject({
      count: 1,
      process: 'agent.exe',
      evidence: { eventId: 1001, fields: { FilterId: '0x111bd' } },
    });
  });

  it('a drop that the vSwitch logs belongs to the drop record of its NIC, and is explained by the drop', async () => {
    const document = await diagnosisOf(natVswitch().plain);
    const finding = only(document, 'vswitch-error');
    expect(finding.frames).toEqual(only(document, 'drop-vlan').frames);
    expect(finding).toMatchObject({ count: 1, causes: ['drop-vlan'], evidence: { eventId: 54 } });
  });
});
