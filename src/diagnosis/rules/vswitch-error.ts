import { BuiltinProviderId, dropReasonText } from '../../etw/index.js';
import { type DiagnosisContext, factsOf } from '../context.js';
import { reasonKey } from '../drops/drop.js';
import { type DiagnosisEvent, numberField, textField } from '../event.js';
import { eventRule } from '../event-rule.js';
import type { Journey } from '../journey.js';

const IP_SPOOFING = 33;
const PORT_ACL = 36;
const QOS = 53;
const INCOMING = 54;
const OUTGOING = 55;
const VETO = 59;
const EXTENSION = 60;
const EXTENDED_ACL = 131;

/** Reasons of drops that are part of normal operation: a NIC does not take multicasts of others. */
const NORMAL = new Set(
  ['NotAccepted', 'Filtered', 'FailedPacketFilter', 'BroadcastNoDestinations'].map(reasonKey),
);

/** Drops and refusals that the virtual switch logs. */
export const vswitchError = eventRule({
  id: 'vswitch-error',
  summary: 'Packets that the virtual switch logged as dropped',
  meaning:
    'The virtual switch logged that it dropped packets of a NIC or port. ' +
    'A policy of the port, an extension or a limit is the cause.',
  check: [
    'Get-VMNetworkAdapter * | select VMName,MacAddressSpoofing,DhcpGuard,RouterGuard',
    'Get-VMNetworkAdapterAcl; Get-VMNetworkAdapterExtendedAcl',
    'Get-VMSwitchExtension -VMSwitchName *',
    'Get-VMNetworkAdapterVlan',
  ],
  explain: [
    'Examines the events 33 (IP spoofing guard), 36 (port ACL), 53 (QoS), 54 and 55 (dropped at a NIC), 59 (an extension refused ' +
      'delivery), 60 (an extension dropped) and 131 (extended ACL) of Hyper-V-VmSwitch. Events with one reason and one NIC or port ' +
      'are one finding.',
    'The events do not name their packet: a drop record at this NIC or port, on the same processor and within 5 ms, is it.',
    'Limits: drops of multicasts that a NIC does not take are logged in the same way (reasons NotAccepted, Filtered, ' +
      'FailedPacketFilter, BroadcastNoDestinations) and are left out.',
  ],
  causes: ['drop-*', 'link-down', 'nic-reset', 'vf-switched'],
  events: [
    {
      provider: BuiltinProviderId.vmSwitch,
      ids: [IP_SPOOFING, PORT_ACL, QOS, INCOMING, OUTGOING, VETO, EXTENSION, EXTENDED_ACL],
    },
  ],
  start: (context) => (event) => {
    const effect = effectOf(event);
    if (effect === undefined) return undefined;
    const names = namesOf(event);
    const nic = names[0] ?? 'the virtual switch';
    return {
      key: `${nic} ${effect}`,
      subject: {
        title: `${effect} at ${nic}`,
        ...(names[0] !== undefined && { component: names[0] }),
        evidence: { location: nic },
      },
      links: names.map((name) => `nic ${name}`),
      isAbout: (journey) => isDropAt(journey, event, names, context),
    };
  },
});

/** @returns undefined for drops that are part of normal operation */
function effectOf(event: DiagnosisEvent): string | undefined {
  switch (event.id) {
    case IP_SPOOFING:
      return 'sender address not allowed (IP spoofing guard)';
    case PORT_ACL:
      return `dropped by port ACL ${textField(event, 'AclName') ?? ''}`.trimEnd();
    case EXTENDED_ACL:
      return 'dropped by an extended port ACL';
    case VETO:
      return `delivery refused by extension ${textField(event, 'ExtensionName') ?? '?'}`;
    case EXTENSION: {
      const name = textField(event, 'ExtensionFriendlyName') ?? textField(event, 'ExtensionGuid') ?? '?';
      return `dropped by extension ${name}: ${textField(event, 'Reason') ?? 'reason not logged'}`;
    }
    default: {
      const number = numberField(event, 'DropReason');
      const reason = number === undefined ? textField(event, 'DropReason') : dropReasonText(number);
      if (reason !== undefined && NORMAL.has(reasonKey(reason))) return undefined;
      return `packet dropped (${reason ?? number ?? 'reason not logged'})`;
    }
  }
}

/** Names of the NIC and the port, friendly ones first. */
const namesOf = (event: DiagnosisEvent): string[] =>
  ['NicFName', 'SrcNicFName', 'PortFName', 'NicName', 'SrcNicName', 'PortName'].flatMap(
    (field) => textField(event, field) ?? [],
  );

function isDropAt(
  journey: Journey,
  { processor }: DiagnosisEvent,
  names: readonly string[],
  context: DiagnosisContext,
): boolean {
  const { drop } = journey.path;
  if (drop === undefined || drop.processor !== processor) return false;
  const { nicName, portName } = drop.hopLocation.captureLocation;
  const { description, nic } = factsOf(context, drop, journey.host);
  return [nicName, portName, nic, description].some((name) => name !== undefined && names.includes(name));
}
