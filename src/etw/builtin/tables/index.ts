// Written by scripts/event-tables.ts; do not edit.
import type { BuiltinTable } from '../parse.js';
import { BASE_FILTERING_ENGINE_CONNECTIONS } from './base-filtering-engine-connections.js';
import { BASE_FILTERING_ENGINE_RESOURCE_FLOWS } from './base-filtering-engine-resource-flows.js';
import { DHCP_CLIENT } from './dhcp-client.js';
import { DHCPV6_CLIENT } from './dhcpv6-client.js';
import { DNS_CLIENT } from './dns-client.js';
import { FIREWALL } from './firewall.js';
import { HOST_NETWORK_MANAGEMENT } from './host-network-management.js';
import { HOST_NETWORK_SERVICE } from './host-network-service.js';
import { HTTPSERVICE } from './httpservice.js';
import { HYPER_V_NETVSC } from './hyper-v-netvsc.js';
import { HYPER_V_VFPEXT } from './hyper-v-vfpext.js';
import { HYPER_V_VFPEXT_IFR } from './hyper-v-vfpext-ifr.js';
import { HYPER_V_VMSWITCH } from './hyper-v-vmswitch.js';
import { KERNEL_NETWORK } from './kernel-network.js';
import { KERNEL_PROCESS } from './kernel-process.js';
import { L2NACP } from './l2nacp.js';
import { NCSI } from './ncsi.js';
import { NDIS } from './ndis.js';
import { NDISIMPLATFORMEVENTPROVIDER } from './ndisimplatformeventprovider.js';
import { NDISIMPLATFORMSYSEVTPROVIDER } from './ndisimplatformsysevtprovider.js';
import { NETWORKING_CORRELATION } from './networking-correlation.js';
import { NETWORKPROFILE } from './networkprofile.js';
import { NLASVC } from './nlasvc.js';
import { NWIFI } from './nwifi.js';
import { ONEX } from './onex.js';
import { PEF_WFP_MESSAGEPROVIDER } from './pef-wfp-messageprovider.js';
import { QOS_PACER } from './qos-pacer.js';
import { QUIC } from './quic.js';
import { RPC_FIREWALLMANAGER } from './rpc-firewallmanager.js';
import { SCHANNEL } from './schannel.js';
import { SCHANNEL_EVENTS } from './schannel-events.js';
import { SEC_WFP } from './sec-wfp.js';
import { SHAREDACCESS_NAT } from './sharedaccess-nat.js';
import { SMBCLIENT } from './smbclient.js';
import { SMBDIRECT } from './smbdirect.js';
import { SMBSERVER } from './smbserver.js';
import { TCPIP } from './tcpip.js';
import { TUNNELDRIVER } from './tunneldriver.js';
import { VPN_CLIENT } from './vpn-client.js';
import { WCMSVC } from './wcmsvc.js';
import { WEBIO } from './webio.js';
import { WFP } from './wfp.js';
import { WINDOWS_FIREWALL_WITH_ADVANCED_SECURITY } from './windows-firewall-with-advanced-security.js';
import { WINHTTP } from './winhttp.js';
import { WININET } from './wininet.js';
import { WINNAT } from './winnat.js';
import { WINSOCK_AFD } from './winsock-afd.js';
import { WLAN_AUTOCONFIG } from './wlan-autoconfig.js';
import { WNV } from './wnv.js';
import { WWAN_SVC_EVENTS } from './wwan-svc-events.js';

/** Tables by the provider's GUID. */
export const GENERATED_TABLES: ReadonlyMap<string, BuiltinTable> = new Map<string, BuiltinTable>([
  ['0bd3506a-9030-4f76-9b88-3e8fe1f7cfb6', NWIFI],
  ['0c478c5b-0351-41b1-8c58-4a6737da32e3', WFP],
  ['0c885e0d-6eb6-476c-a048-2457eed3a5c1', HOST_NETWORK_SERVICE],
  ['11c5d8ad-756a-42c2-8087-eb1b4a72a846', NDISIMPLATFORMEVENTPROVIDER],
  ['121d3da8-baf1-4dcb-929f-2d4c9a47f7ab', BASE_FILTERING_ENGINE_CONNECTIONS],
  ['152fbe4b-c7ad-4f68-bada-a4fcc1464f6c', HYPER_V_NETVSC],
  ['15a7a4f8-0072-4eab-abad-f98a4d666aed', DHCP_CLIENT],
  ['1c95126e-7eea-49a9-a3fe-a378b03ddb4d', DNS_CLIENT],
  ['1f678132-5938-4686-9fdc-c8ff68f15c85', SCHANNEL],
  ['22fb2cd6-0e7b-422b-a0c7-2fad1fd0e716', KERNEL_PROCESS],
  ['2f07e2ee-15db-40f1-90ef-9d7ba282188a', TCPIP],
  ['314de49f-ce63-4779-ba2b-d616f6963a88', NCSI],
  ['3ad15a04-74f1-4dca-b226-aff89085a05a', WNV],
  ['3c088e51-65be-40d1-9b90-62bfec076737', VPN_CLIENT],
  ['3cb40aaa-1145-4fb8-b27b-7e30f0454316', WWAN_SVC_EVENTS],
  ['43d1a55c-76d6-4f7e-995c-64c711e5cafe', WININET],
  ['4edbe902-9ed3-4cf0-93e8-b8b5fa920299', TUNNELDRIVER],
  ['50b3e73c-9370-461d-bb9f-26f32d68887d', WEBIO],
  ['62834e12-795f-5ab2-b404-8d6d870dbbeb', SEC_WFP],
  ['62de9e48-90c6-4755-8813-6a7d655b0802', NDISIMPLATFORMSYSEVTPROVIDER],
  ['63b530f8-29c9-4880-a5b4-b8179096e7b8', NLASVC],
  ['66c07ecd-6667-43fc-93f8-05cf07f446ec', WINNAT],
  ['67d07935-283a-4791-8f8d-fa9117f3e6f2', WCMSVC],
  ['67dc0d66-3695-47c0-9642-33f76f7bd7ad', HYPER_V_VMSWITCH],
  ['6a1f2b00-6a90-4c38-95a5-5cab3b056778', DHCPV6_CLIENT],
  ['7d44233d-3055-4b9c-ba64-0d47ca40a232', WINHTTP],
  ['7dd42a49-5329-4832-8dfd-43d979153a88', KERNEL_NETWORK],
  ['83ed54f0-4d48-4e45-b16e-726ffd1fa4af', NETWORKING_CORRELATION],
  ['85fe7609-ff4a-48e9-9d50-12918e43e1da', L2NACP],
  ['914ed502-b70d-4add-b758-95692854f8a3', QOS_PACER],
  ['91cc1150-71aa-47e2-ae18-c96e61736b6f', SCHANNEL_EVENTS],
  ['92765247-03a9-4ae3-a575-b42264616e78', BASE_FILTERING_ENGINE_RESOURCE_FLOWS],
  ['93f693dc-9163-4dee-af64-d855218af242', HOST_NETWORK_MANAGEMENT],
  ['9580d7dd-0379-4658-9870-d5be7d52d6de', WLAN_AUTOCONFIG],
  ['988c59c5-0a1c-45b6-a555-0c62276e327d', SMBCLIENT],
  ['9f2660ea-cfe7-428f-9850-aeca612619b0', HYPER_V_VFPEXT],
  ['a6f32731-9a38-4159-a220-3d9b7fc5fe5d', SHAREDACCESS_NAT],
  ['ab0d8ef9-866d-4d39-b83f-453f3b8f6325', ONEX],
  ['c22d1b14-c242-49de-9f17-1d76b8b9c458', PEF_WFP_MESSAGEPROVIDER],
  ['cdead503-17f5-4a3e-b7ae-df8cc2902eb9', NDIS],
  ['d1bc9aff-2abf-4d71-9146-ecb2a986eb85', WINDOWS_FIREWALL_WITH_ADVANCED_SECURITY],
  ['d48ce617-33a2-4bc3-a5c7-11aa4f29619e', SMBSERVER],
  ['db66ea65-b7bb-4ca9-8748-334cb5c32400', SMBDIRECT],
  ['dba692d9-d755-51b8-84ee-fe38fd18f4f0', HYPER_V_VFPEXT_IFR],
  ['dd5ef90a-6398-47a4-ad34-4dcecdef795f', HTTPSERVICE],
  ['e53c6823-7bb8-44bb-90dc-3f86090d48a6', WINSOCK_AFD],
  ['e595f735-b42a-494b-afcd-b68666945cd3', FIREWALL],
  ['f997cd11-0fc9-4ab4-acba-bc742a4c0dd3', RPC_FIREWALLMANAGER],
  ['fbcfac3f-8459-419f-8e48-1f0b49cdb85e', NETWORKPROFILE],
  ['ff15e657-4f26-570e-88ab-0796b258d11c', QUIC],
]);
