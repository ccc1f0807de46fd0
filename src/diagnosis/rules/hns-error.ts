import { BuiltinProviderId } from '../../etw/index.js';
import { type DiagnosisEvent, numberField, textField } from '../event.js';
import { eventRule, statusField } from '../event-rule.js';

/** An operation with its result, at any level. */
const OPERATION = 1040;
/** Levels: 1 critical, 2 error. */
const ERROR = 2;
/** Fields with the HRESULT. */
const RESULTS = ['Result', 'HResult', 'Parameter0'];

/** Errors that the Host Networking Service logged. */
export const hnsError = eventRule({
  id: 'hns-error',
  summary: 'Errors that the Host Networking Service logged',
  meaning:
    'The Host Networking Service (HNS) could not create or change a network, an endpoint or a policy. ' +
    'Containers have no network, or not the one that was asked for.',
  check: [
    'Get-HnsNetwork; Get-HnsEndpoint',
    'hnsdiag list all -d',
    'Get-WinEvent -LogName Microsoft-Windows-Host-Network-Service-Admin -MaxEvents 100',
    'Restart-Service hns',
  ],
  explain: [
    'Examines events of Microsoft-Windows-Host-Network-Service with level error or critical, and event 1040 (operation) with a ' +
      'result that is an error. Events with one id, text and result are one finding.',
    'Limits: the events exist only if the provider was recorded. Some ids have no public text; their fields are shown.',
  ],
  events: [{ provider: BuiltinProviderId.hostNetworkService }],
  start: () => (event) => {
    const field = RESULTS.find((name) => (numberField(event, name) ?? 0) >= 0x8000_0000);
    const isError = event.id === OPERATION ? field !== undefined : event.level > 0 && event.level <= ERROR;
    if (!isError) return undefined;
    const result = field === undefined ? 'result not logged' : statusField(event, field, 'hresult');
    const subject = subjectOf(event);
    return {
      key: `${event.id} ${subject} ${result}`,
      subject: { title: `HNS error ${event.id}${subject}: ${result}` },
    };
  },
});

/** Texts of the event that name its subject. */
function subjectOf(event: DiagnosisEvent): string {
  const texts = ['EventString', 'Parameter1', 'Paramete1', 'EndpointId', 'EntityId'].flatMap(
    (name) => textField(event, name) ?? [],
  );
  return texts.length === 0 ? '' : ` (${texts.slice(0, 2).join(', ')})`;
}
