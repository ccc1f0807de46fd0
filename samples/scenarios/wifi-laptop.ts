import { concat, unixTime } from '../encoder/index.js';
import {
  dnsAnswer,
  dnsQuery,
  EtherType,
  mac,
  overIpv4,
  overIpv6,
  ping,
  ping6,
  udp,
  WifiControl,
  wifiData,
} from '../packets/index.js';
import { WINDOWS_11 } from './host.js';
import { NdisHost } from './ndis-host.js';
import type { Scenario } from './truth.js';

const START = unixTime('2024-11-29T18:30:45.7654321Z');
const WIFI = { miniportIfIndex: 12, lowerIfIndex: 12 };
const MOBILE = { miniportIfIndex: 19, lowerIfIndex: 19 };
const TUNNEL = { miniportIfIndex: 5, lowerIfIndex: 5 };
const WIFI_MAC = '3c:a9:f4:12:34:56';
const ROUTER_MAC = '74:ac:b9:aa:bb:c0';
const BSSID = '74:ac:b9:aa:bb:cc';
const WIFI_IP = '192.168.1.23';
const ROUTER_IP = '192.168.1.1';
const MOBILE_IP = '100.72.13.5';
const SERVER_IP = '203.0.113.7';
const BEACON = 0x0080;

/** A beacon with an SSID (IEEE 802.11, 9.3.3.2): fixed parameters, SSID, rates, channel. */
function beacon(ssid: string): Uint8Array {
  const name = new TextEncoder().encode(ssid);
  return concat([
    Uint8Array.of(BEACON & 0xff, BEACON >> 8, 0, 0),
    mac('ff:ff:ff:ff:ff:ff'),
    mac(BSSID),
    mac(BSSID),
    Uint8Array.of(0x30, 0x12),
    Uint8Array.of(0x88, 0x13, 0x5a, 0x2c, 0x06, 0, 0, 0, 0x64, 0, 0x11, 0x04),
    Uint8Array.of(0, name.length),
    name,
    Uint8Array.of(1, 4, 0x8c, 0x92, 0x98, 0xa4, 3, 1, 36),
  ]);
}

/**
 * A laptop with Wi-Fi, mobile broadband and a tunnel. Wi-Fi frames have metadata (1002) and the Protected bit although
 * they are captured above decryption; mobile broadband and tunnel packets are raw IP.
 */
export function wifiLaptop(): Scenario {
  const host = new NdisHost({ type: 'qpc', start: START }, { gft: true });
  const { recorder } = host;
  const metadata = {
    receiveFlags: 0x1,
    phyId: 8,
    centerFrequency: 5180,
    mpdusReceived: 1,
    rssi: -52,
    dataRate: 173,
  };

  const wifi = (
    at: bigint,
    processor: number,
    direction: 'send' | 'receive',
    sequence: number,
    etherType: number,
    packet: Uint8Array,
  ): void => {
    const up = direction === 'send';
    const macs = up
      ? { from: WIFI_MAC, to: ROUTER_MAC, bssid: BSSID }
      : { from: ROUTER_MAC, to: WIFI_MAC, bssid: BSSID };
    const way = up ? 'toAccessPoint' : 'fromAccessPoint';
    const clear = wifiData(macs, way, etherType, packet, sequence);
    const marked = wifiData(macs, way, etherType, packet, sequence, WifiControl.protected);
    host.packet(
      {
        ids: WIFI,
        media: 'native80211',
        direction,
        bytes: marked,
        written: clear,
        ...(up ? {} : { metadata: { ...metadata, rssi: metadata.rssi - (sequence % 7) } }),
      },
      { at: START + at, processor, pid: up ? 1284 : 0, tid: up ? 1700 : 0 },
    );
  };

  host.packet(
    {
      ids: WIFI,
      media: 'native80211',
      direction: 'receive',
      bytes: beacon('Büro 5G'),
      metadata: { ...metadata, phyId: 7, dataRate: 12 },
    },
    { at: START + 1_000n, processor: 0, pid: 0, tid: 0 },
  );
  const query = udp([51_000, 53], dnsQuery(0x77aa, 'intranet.example'));
  const answer = udp([53, 51_000], dnsAnswer(0x77aa, 'intranet.example', SERVER_IP));
  wifi(10_000n, 1, 'send', 11, EtherType.ipv4, overIpv4({ from: WIFI_IP, to: ROUTER_IP }, query));
  wifi(12_003n, 0, 'receive', 901, EtherType.ipv4, overIpv4({ from: ROUTER_IP, to: WIFI_IP }, answer));
  for (let sequence = 1; sequence <= 3; sequence++) {
    const at = 20_000n + BigInt(sequence) * 10_000n;
    const request = overIpv4({ from: WIFI_IP, to: SERVER_IP }, ping('request', sequence), { id: sequence });
    const reply = overIpv4({ from: SERVER_IP, to: WIFI_IP }, ping('reply', sequence), { id: 90 + sequence });
    wifi(at, 1, 'send', 20 + sequence, EtherType.ipv4, request);
    wifi(at + 4_007n, 0, 'receive', 910 + sequence, EtherType.ipv4, reply);
    // The same ping over mobile broadband, interleaved on other processors.
    const mobileRequest = overIpv4({ from: MOBILE_IP, to: SERVER_IP }, ping('request', sequence, 2), {
      id: 40,
    });
    const mobileReply = overIpv4({ from: SERVER_IP, to: MOBILE_IP }, ping('reply', sequence, 2), { id: 41 });
    host.packet(
      { ids: MOBILE, media: 'wirelessWan', direction: 'send', bytes: mobileRequest },
      { at: START + at + 13n, processor: 2, pid: 5120, tid: 5200 },
    );
    host.packet(
      { ids: MOBILE, media: 'wirelessWan', direction: 'receive', bytes: mobileReply },
      { at: START + at + 6_101n, processor: 3, pid: 0, tid: 0 },
    );
  }
  const six = overIpv6({ from: '2001:db8:72::5', to: '2001:db8::80' }, ping6('request', 1));
  host.packet(
    { ids: MOBILE, media: 'wirelessWan', direction: 'send', bytes: six },
    { at: START + 70_000n, processor: 2, pid: 5120, tid: 5200 },
  );
  const tunnelRequest = overIpv6({ from: '2001:0:c000:204::1', to: '2001:db8::80' }, ping6('request', 1, 4));
  const tunnelReply = overIpv6({ from: '2001:db8::80', to: '2001:0:c000:204::1' }, ping6('reply', 1, 4), 52);
  host.packet(
    { ids: TUNNEL, media: 'tunnel', direction: 'send', bytes: tunnelRequest },
    { at: START + 80_000n, processor: 1, pid: 5120, tid: 5200 },
  );
  host.packet(
    { ids: TUNNEL, media: 'tunnel', direction: 'receive', bytes: tunnelReply },
    { at: START + 85_000n, processor: 0, pid: 0, tid: 0 },
  );

  const end = START + 100_000n;
  recorder.systemConfiguration(end, {
    ...WINDOWS_11,
    interfaces: [
      {
        index: 12,
        guid: '5d1c1b0e-3f0a-4f6e-9c3a-3ca9f4123456',
        alias: 'Wi-Fi 2',
        description: 'Intel(R) Wi-Fi 6E AX211 160MHz',
        mac: mac(WIFI_MAC),
        type: 71,
        medium: 16,
        physicalMedium: 9,
        speed: 866_700_000n,
      },
      {
        index: 19,
        guid: '8e1f0c7a-0a51-4d1c-bb3a-2f5de0c41957',
        alias: 'Cellular',
        description: 'Generic Mobile Broadband Adapter',
        mac: mac('02:15:e0:ec:01:00'),
        type: 243,
        medium: 9,
        physicalMedium: 8,
        speed: 300_000_000n,
      },
      {
        index: 5,
        guid: '93123211-9629-4e04-82f0-ea2e4f221468',
        alias: 'Teredo Tunneling Pseudo-Interface',
        description: 'Microsoft Teredo Tunneling Adapter',
        mac: new Uint8Array(0),
        type: 131,
        medium: 15,
        speed: 100_000n,
      },
    ],
  });
  const options = {
    form: 'merged',
    end,
    windows: { major: 10, minor: 0, build: WINDOWS_11.build },
    timeZoneBias: -60,
    timeZoneName: '@tzres.dll,-322',
  } as const;
  return recorder.scenario('wifi-laptop', { ...options, bufferSize: 0x2000 }, options);
}
