import { type CompartmentList, parseCompartments } from '../compartment-file.js';
import { CompartmentFileError } from '../errors.js';
import { decodeText } from '../text-encoding.js';
import { HostInfoCollector } from './collector.js';
import type { HostInfo } from './listed.js';
import { isPktmonText, readPktmonText } from './pktmon-list.js';
import { elementsOf, membersOf, objectsOfLines, splitJson } from './powershell-objects.js';
import { readDocument, readObject } from './read-objects.js';
import { isTaskText, readTaskText } from './task-list.js';
import { isPortText, readPortText } from './vfp-ports.js';

/** A file that was saved on a host. */
export interface HostInfoFile {
  /** For messages. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Bytes of one file; the largest of a node with a thousand endpoints has some megabytes. */
export const MAX_HOST_INFO_BYTES = 64 * 1024 * 1024;

/**
 * Reads files saved on a host: `pktmon list`, `ipconfig`, `tasklist`, `vfpctrl /list-vmswitch-port`, and the PowerShell
 * commands Get-NetAdapter, Get-NetIPAddress, Get-NetIPInterface, Get-NetCompartment, Get-VMSwitch,
 * Get-VMNetworkAdapter, Get-HnsNetwork, Get-HnsEndpoint and Get-HnsNamespace as JSON, most of them also as lists. The
 * content identifies the command. One file may have the output of several.
 *
 * @returns all facts; a file without any has a `problem` in `files`
 */
export function parseHostInfo(files: readonly HostInfoFile[]): HostInfo {
  const into = new HostInfoCollector();
  for (const { bytes, name } of files) {
    if (bytes.length > MAX_HOST_INFO_BYTES) into.endFile(name, `larger than ${MAX_HOST_INFO_BYTES} bytes`);
    else if (bytes.length === 0) into.endFile(name, 'empty');
    else into.endFile(name, readFile(decodeText(bytes), into));
  }
  return into.finish();
}

/** @returns why a part was not used */
function readFile(text: string, into: HostInfoCollector): string | undefined {
  const { documents, lines, problem } = splitJson(text.replace(/^\ufeff/, ''));
  for (const document of documents) {
    readDocument(document, into);
    if (isAddressList(document)) addAddresses(JSON.stringify(document), into);
  }
  if (isPortText(lines)) readPortText(lines, into);
  else if (isTaskText(lines)) readTaskText(lines, into);
  else if (isPktmonText(lines)) readPktmonText(lines, into);
  else {
    for (const object of objectsOfLines(lines)) readObject(object, into);
    const rest = lines.join('\n');
    if (TEXT_ADDRESSES.test(rest) && !lines.some((line) => OTHER_TEXT.test(line))) addAddresses(rest, into);
  }
  return problem;
}

/** Members that Get-NetIPAddress, Get-DnsClientServerAddress and Get-NetCompartment have; see parseCompartments. */
const JSON_ADDRESSES: readonly string[] = ['ipaddress', 'serveraddresses', 'compartmentid'];
/** Members of other objects with an address: of the Host Networking Service, and neighbors. */
const OTHER_MEMBERS: readonly string[] = ['macaddress', 'virtualnetwork', 'resourcelist', 'linklayeraddress'];

function isAddressList(document: unknown): boolean {
  const [first] = elementsOf(document);
  const members = membersOf(first);
  if (members === undefined) return false;
  return JSON_ADDRESSES.some((name) => members.has(name)) && !OTHER_MEMBERS.some((name) => members.has(name));
}

/** ipconfig in any language, and lists and tables of Get-NetIPAddress, Get-NetIPInterface and Get-NetCompartment. */
const TEXT_ADDRESSES = /IPv[46]|^[ \t]*(?:IPAddress|CompartmentId)\b/im;
/** Tables and lists of Get-NetRoute and Get-NetNeighbor: their addresses are not of this host. */
const OTHER_TEXT =
  /^\s*(?:ifIndex\s+(?:DestinationPrefix|IPAddress\s+LinkLayerAddress)\b|(?:DestinationPrefix|LinkLayerAddress)\s*:)/i;

function addAddresses(text: string, into: HostInfoCollector): void {
  let found: CompartmentList;
  try {
    found = parseCompartments(text);
  } catch (error) {
    if (error instanceof CompartmentFileError) return;
    throw error;
  }
  // Any line that ends with a colon may be the heading of an adapter.
  const interfaces = found.interfaces.filter(
    ({ addresses, ifIndex, mac }) => addresses.length > 0 || ifIndex !== undefined || mac !== undefined,
  );
  if (interfaces.length + found.compartments.length > 0) into.addAddresses({ ...found, interfaces });
}
