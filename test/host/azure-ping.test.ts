import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { Trace } from '../../src/etl/index.js';
import { SchemaStore } from '../../src/etw/index.js';
import { type HostModel, HostSurvey, interfaceStatistics, macText } from '../../src/host/index.js';
import { describeInterfaces } from '../../src/host/interface-table.js';
import { hostNames } from '../../src/packets/index.js';
import { memorySource } from '../support/memory-source.js';
import { describeWithRealTraces, realTrace } from '../support/shared.js';
import { captureLocation } from './feed.js';

// Expected values were read off the file's expanded bytes by a script that shares no code with the project.
const SAMPLE = realTrace('pktmon-azure-ping');

describeWithRealTraces('pktmon-azure-ping.etl, a pktmon trace of Server 2022', () => {
  let model: HostModel;
  const schemas = new SchemaStore();

  beforeAll(() => {
    const trace = new Trace(memorySource(readFileSync(SAMPLE)));
    const survey = new HostSurvey(schemas);
    trace.survey((record) => {
      schemas.addFromTrace(record);
      survey.observe(record);
    });
    model = survey.finish({ header: trace.header });
  });

  it('names the product and the build', () => {
    expect(model.system).toMatchObject({
      product: 'Windows Server 2022 Datacenter Azure Edition',
      buildLab: '20348.2461.amd64fre.fe_release.210507-1500',
      version: '10.0.20348.2461',
      systemDirectory: 'C:\\Windows\\system32',
    });
    // FILETIME 0x01dab156e352a900: 2024-05-28 23:29:30 UTC.
    expect(model.system.installTime).toBe(0x01da_b156_e352_a900n);
    expect(model.systemText).toBe('Windows Server 2022 Datacenter Azure Edition (20348.2461)');
  });

  it('has 25 interface rows, each by its own index', () => {
    expect([...model.interfaces.keys()]).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25,
    ]);
    expect([...model.interfaces.values()].every(({ row }) => row !== undefined)).toBe(true);
  });

  it('reads every member of a MIB_IF_ROW2', () => {
    const found = model.interfaces.get(9);
    expect(found).toMatchObject({
      alias: 'Ethernet 2',
      description: 'Microsoft Hyper-V Network Adapter #2',
      guid: '4429038a-fa80-4ba1-a288-c9a53a7e6d94',
      luid: 0x6_0080_0200_0000n,
      transmitSpeed: 50_000_000_000n,
      receiveSpeed: 50_000_000_000n,
    });
    expect(macText(found?.mac ?? new Uint8Array())).toBe('00:22:48:7b:b0:99');
    expect(found?.row).toMatchObject({
      mtu: 1500,
      type: 6,
      tunnelType: 0,
      mediaType: 0,
      physicalMediumType: 0,
      accessType: 2,
      directionType: 0,
      flags: 5,
      operStatus: 1,
      adminStatus: 1,
      mediaConnectState: 1,
      networkGuid: 'fde23e59-0f14-11ef-86bd-806e6f6e6963',
      connectionType: 1,
      counters: {
        inOctets: 2_069_897_172n,
        inUnicastPackets: 2_585_852n,
        inNonUnicastPackets: 0n,
        inUnicastOctets: 2_069_897_172n,
        outOctets: 1_762_248_775n,
        outUnicastPackets: 1_819_495n,
        outNonUnicastPackets: 781n,
        outUnicastOctets: 1_762_174_091n,
        outMulticastOctets: 10_790n,
        outQueueLength: 0n,
      },
    });
  });

  it('gives no MAC address to interfaces that have none', () => {
    expect(model.interfaces.get(1)).not.toHaveProperty('mac');
    expect(model.interfaces.get(10)).not.toHaveProperty('mac');
  });

  it('has 44 components with 150 properties and 50 edges', () => {
    const components = [...model.components.values()];
    expect(components).toHaveLength(44);
    // 111 events 30, 5 of 65, 5 of 66, 5 of 70, 18 of 75, 3 of 60, 3 of 40.
    expect(components.reduce((sum, { properties }) => sum + properties.length, 0)).toBe(150);
    expect(components.reduce((sum, { edges }) => sum + edges.length, 0)).toBe(50);
    expect(components.filter(({ drops }) => drops !== undefined)).toHaveLength(44);
  });

  it('knows a miniport by type, GUID, MAC and index', () => {
    const found = model.components.get(59);
    expect(found).toMatchObject({
      type: 2,
      typeName: 'Miniport',
      name: 'netvsc.sys',
      description: 'Microsoft Hyper-V Network Adapter #3',
      ifIndex: 5,
      guid: '118a0b65-21aa-4792-b280-a96a7bf592b3',
      present: true,
    });
    expect(found?.properties.find(({ type }) => type === 6)).toMatchObject({
      name: 'PhysAddress',
      value: '00:22:48:7b:b3:80',
    });
    expect(found?.edges).toEqual([
      {
        id: 1,
        name: 'Upper',
        counters: {
          inTag: 'Rx',
          packetsIn: 19n,
          bytesIn: 1862n,
          outTag: 'Tx',
          packetsOut: 19n,
          bytesOut: 1862n,
        },
      },
    ]);
  });

  it('knows where a filter stands in the stack, and both of its edges', () => {
    const found = model.components.get(61);
    expect(found).toMatchObject({ ifIndex: 17, lowerIfIndex: 16, miniportIfIndex: 5 });
    expect(found?.edges.map(({ id, name }) => [id, name])).toEqual([
      [1, 'Upper'],
      [2, 'Lower'],
    ]);
  });

  it('names a component type that the trace itself has no name for', () => {
    expect(model.components.get(31)).toMatchObject({
      type: 11,
      typeName: 'IpInterface',
      ipIfIndex: 9,
      compartmentId: 1,
    });
  });

  it('reads the addresses of the IP stack, and gives them to the interface', () => {
    expect(model.components.get(40)?.addresses.map(({ text }) => text)).toEqual(['10.9.0.22']);
    expect(
      model.interfaces
        .get(9)
        ?.addresses.map(({ text }) => text)
        .sort(),
    ).toEqual(['10.9.0.22', 'fe80::5c19:f5b3:a4bc:efda']);
    expect(
      model.interfaces
        .get(5)
        ?.addresses.map(({ text }) => text)
        .sort(),
    ).toEqual(['10.9.1.22', 'fe80::fb0f:5039:c3e9:adf7']);
  });

  it('has one compartment, with the three interfaces that the IP stack is bound to', () => {
    expect([...model.compartments.keys()]).toEqual([1]);
    expect(model.compartments.get(1)).toMatchObject({
      ifIndexes: [1, 5, 9],
      aliases: ['Loopback Pseudo-Interface 1', 'Ethernet 3', 'Ethernet 2'],
    });
  });

  it('tells the filter in words', () => {
    expect(model.filters).toEqual([{ id: 1, name: 'eth3', text: 'ether host 00:22:48:7b:b3:80' }]);
  });

  it("describes the components' interfaces in the order of their ids", () => {
    const captureLocations = [61, 59, 48, 50].map((componentId) =>
      captureLocation({ source: 'pktmon', componentId }),
    );
    const interfaces = describeInterfaces(captureLocations, model);
    expect(interfaces.map(({ name }) => name)).toEqual([
      'mlx5.sys #48',
      'NETVSCVFPP #50',
      'netvsc.sys #59',
      'xdp.sys #61',
    ]);
    expect(interfaces[3]).toMatchObject({
      description: 'XDP Lightweight Filter (Filter) on Ethernet 3',
      alias: 'Ethernet 3',
      ifIndex: 17,
      miniportIfIndex: 5,
      compartment: 1,
      speed: 50_000_000_000n,
      filter: 'ether host 00:22:48:7b:b3:80',
      os: 'Windows Server 2022 Datacenter Azure Edition (20348.2461)',
      comment:
        'IfIndex=17 MiniportIfIndex=5 LowerIfIndex=16 Alias="Ethernet 3" GUID=118a0b65-21aa-4792-b280-a96a7bf592b3 ' +
        'Addresses=10.9.1.22 Component=xdp.sys ComponentId=61 ComponentType=Filter Edges=1:Upper,2:Lower Compartment=1',
    });
    expect(interfaces[3]?.addresses.map(({ text }) => text).sort()).toEqual([
      '10.9.1.22',
      'fe80::fb0f:5039:c3e9:adf7',
    ]);
    // pktmon's properties have no prefixes, and if_IPv4addr requires one.
    expect(interfaces[3]?.ipv4).toEqual([]);
    expect(interfaces[3]?.ipv6).toMatchObject([{ prefixLength: 64 }]);
    expect(macText(interfaces[0]?.mac ?? new Uint8Array())).toBe('00:22:48:7b:b3:80');
  });

  it('counts 114 packets over the four components, as many as the trace has packet events', () => {
    const captureLocations = [48, 50, 59, 61].map((componentId) =>
      captureLocation({ source: 'pktmon', componentId }),
    );
    const interfaces = describeInterfaces(captureLocations, model);
    const statistics = interfaceStatistics(interfaces, model, {
      eventsLost: 0,
      buffersLost: 0,
      realTimeLosses: 0,
      buffersAfterLoss: 0,
      missingBuffers: 0,
    });
    expect(statistics.map(({ ifRecv }) => ifRecv)).toEqual([19n, 19n, 38n, 38n]);
    expect(statistics.every(({ ifDrop, osDrop }) => ifDrop === 0n && osDrop === undefined)).toBe(true);
  });

  it('gives packet comments their names', () => {
    const names = hostNames(model, schemas, 20348);
    expect(names.componentName(61)).toBe('xdp.sys');
    expect(names.compartmentId(captureLocation({ source: 'pktmon', componentId: 61 }))).toBe(1);
    expect(names.componentName(9999)).toBeUndefined();
  });
});
