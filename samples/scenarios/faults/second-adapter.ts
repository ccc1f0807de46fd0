import { EtherType, ethernet } from '../../packets/index.js';
import {
  type Component,
  ETHERNET_MAC,
  type HopLocation,
  macProperty,
  numberProperty,
  ROUTER_MAC,
} from '../pktmon-drops.js';
import { ComponentType, Property } from '../pktmon-events.js';

/** A second adapter of the host. With the MAC address of the first one, it is its virtual function. */
export const secondAdapter = (address: string): Component => ({
  id: 5,
  type: ComponentType.miniport,
  name: 'mlx5.sys',
  description: 'Mellanox ConnectX-5',
  edges: { 1: 'Upper' },
  compartment: 1,
  properties: [
    macProperty(address),
    numberProperty(Property.ifIndex, 18),
    numberProperty(Property.ndisObject, 1),
  ],
});

/** A packet at one adapter. */
export const atAdapter = (component: Component, dir: 'Tx' | 'Rx', packet: Uint8Array): HopLocation[] => {
  const macs = dir === 'Tx' ? { from: ETHERNET_MAC, to: ROUTER_MAC } : { from: ROUTER_MAC, to: ETHERNET_MAC };
  return [{ component, edge: 1, dir, bytes: ethernet(macs, EtherType.ipv4, packet) }];
};
