import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { convert } from '../../src/library/index.js';
import { useDirectory } from '../cli/run.js';
import { caseFile, describeWithCases } from '../support/shared.js';
import { type DissectedFrame, dissect } from '../support/wireshark.js';

const directory = useDirectory();

const numbers = (frames: readonly DissectedFrame[], matches: (frame: DissectedFrame) => boolean): number[] =>
  frames.filter(matches).map(({ number }) => number);

describeWithCases('802.11 management, control and protected frames', () => {
  it.each(['wifi-mgmt-ndis.etl', 'wifi-mgmt-pktmon.etl'])(
    '%s is dissected as it was on air',
    async (name) => {
      const output = directory.file('out.pcapng');
      await convert(caseFile(name), output);
      const fields = ['wlan.fc.protected', 'wlan.fixed.reason_code', '_ws.malformed'];
      const frames = await dissect(new Uint8Array(readFileSync(output)), fields);
      expect(frames).toHaveLength(17);
      // Deauthentication and action with management frame protection; two data frames that were not decrypted.
      expect(numbers(frames, ({ fields }) => fields['wlan.fc.protected']?.[0] === 'True')).toEqual([
        5, 6, 14, 15,
      ]);
      // A deauthentication without protection has its reason in plain text.
      expect(numbers(frames, ({ fields }) => fields['wlan.fixed.reason_code']?.length !== 0)).toEqual([4]);
      expect(numbers(frames, ({ protocols }) => protocols.includes('llc'))).toEqual([12, 13, 16, 17]);
      // The EAPOL frame of the case is itself incomplete.
      expect(numbers(frames, ({ fields }) => fields['_ws.malformed']?.length !== 0)).toEqual([17]);
    },
  );
});
