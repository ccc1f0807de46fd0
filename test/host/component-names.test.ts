import { describe, expect, it } from 'vitest';
import { hexBytes } from '../../samples/encoder/index.js';
import { interfaceRow } from '../../samples/encoder/schemas/system-configuration.js';
import { ComponentSelection, describeInterfaces } from '../../src/host/index.js';
import { captureLocation, component, configuration, ndis, numberProperty, surveyOf } from './feed.js';

const row = (index: number, alias: string): Uint8Array =>
  configuration(
    36,
    interfaceRow({
      index,
      guid: `00000000-0000-0000-0000-${String(index).padStart(12, '0')}`,
      alias,
      description: '',
      mac: hexBytes('00155d010203'),
    }),
  );

const known = describeInterfaces(
  [
    ndis(8, 8),
    ndis(8, 20),
    ndis(9, 9),
    captureLocation({ source: 'pktmon', componentId: 59 }),
    captureLocation({ source: 'pktmon', componentId: 60 }),
    captureLocation({
      source: 'vswitch',
      portId: 3,
      nicName: 'AAAA--BBBB',
      portName: 'PORT-7',
      nicType: 'VM',
    }),
  ],
  surveyOf([
    row(8, 'Ethernet'),
    row(9, 'Bad\u001b[31mName\u202e'),
    component(59, 2, 'e1dn.sys', 'Intel'),
    component(60, 3, 'pacer.sys', 'QoS'),
    numberProperty(60, 2, 8),
  ]),
);

function select(...names: readonly string[]): {
  readonly found: readonly string[];
  readonly unknown: readonly string[];
} {
  const selection = new ComponentSelection(names, known);
  return {
    found: known.filter((details) => selection.accepts(details)).map(({ name }) => name),
    unknown: selection.unknown,
  };
}

describe('a name given for a component', () => {
  it.each(known.map(({ name }) => name))('%j, as it is displayed, selects just this interface', (name) => {
    expect(select(name)).toEqual({ found: [name], unknown: [] });
  });

  it('an exact name goes before the same in another case, and before aliases', () => {
    expect(select('Ethernet').found).toEqual(['Ethernet']);
    expect(select('ethernet').found).toEqual(['Ethernet']);
  });

  it('selects by component number, driver, NIC and port', () => {
    expect(select('59').found).toEqual(['e1dn.sys #59']);
    expect(select('PACER.SYS').found).toEqual(['pacer.sys #60']);
    expect(select('aaaa--bbbb').found).toEqual(['AAAA--BBBB (VM) port 3']);
    expect(select('port-7').found).toEqual(['AAAA--BBBB (VM) port 3']);
  });

  it('may be copied from a terminal: escaped, or cut', () => {
    expect(select('Bad\\u{1b}[31mName\\u{202e}').found).toEqual(['Bad\u001b[31mName\u202e']);
    expect(select('AAAA--BB…').found).toEqual(['AAAA--BBBB (VM) port 3']);
  });

  it('that no interface has is unknown; the others still select', () => {
    expect(select('61', 'Wi-Fi', '60')).toEqual({ found: ['pacer.sys #60'], unknown: ['61', 'Wi-Fi'] });
    expect(select('', '…', '   ')).toEqual({ found: [], unknown: ['', '…', '   '] });
  });
});
