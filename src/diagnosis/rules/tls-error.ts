import { type DiagnosisEvent, numberField, textField } from '../event.js';
import { eventRule, statusField } from '../event-rule.js';

const SCHANNEL = '1f678132-5938-4686-9fdc-c8ff68f15c85';
const RECEIVED = 36_887;
const SENT = 36_888;
const PROBLEMS: ReadonlyMap<number, string> = new Map([
  [36_870, 'the private key of the certificate cannot be used'],
  [36_871, 'the credentials could not be created'],
  [36_874, 'no common cipher suite'],
  [36_876, 'the certificate of the other host is not valid'],
  [36_881, 'the certificate of the other host has expired'],
  [36_882, 'the certificate of the other host is not trusted'],
  [36_884, 'the certificate of the other host has another name'],
  [RECEIVED, 'the other host sent an alert'],
  [SENT, 'this host sent an alert'],
]);

/** Alerts of TLS (RFC 8446, section 6) that are errors. */
const ALERTS: ReadonlyMap<number, string> = new Map([
  [10, 'unexpected_message'],
  [20, 'bad_record_mac'],
  [22, 'record_overflow'],
  [40, 'handshake_failure'],
  [42, 'bad_certificate'],
  [43, 'unsupported_certificate'],
  [44, 'certificate_revoked'],
  [45, 'certificate_expired'],
  [46, 'certificate_unknown'],
  [47, 'illegal_parameter'],
  [48, 'unknown_ca'],
  [49, 'access_denied'],
  [50, 'decode_error'],
  [51, 'decrypt_error'],
  [70, 'protocol_version'],
  [71, 'insufficient_security'],
  [80, 'internal_error'],
  [86, 'inappropriate_fallback'],
  [109, 'missing_extension'],
  [110, 'unsupported_extension'],
  [112, 'unrecognized_name'],
  [113, 'bad_certificate_status_response'],
  [115, 'unknown_psk_identity'],
  [116, 'certificate_required'],
  [120, 'no_application_protocol'],
]);
/** close_notify, user_canceled, no_renegotiation: no errors. */
const HARMLESS: ReadonlySet<number> = new Set([0, 90, 100]);

/** TLS connections that failed. */
export const tlsError = eventRule({
  id: 'tls-error',
  summary: 'TLS errors that Schannel logged',
  meaning:
    'A TLS handshake or connection of a program that uses Windows TLS (Schannel) failed. ' +
    'Certificate, protocol version or cipher suite of the two sides do not fit.',
  check: [
    'Test-NetConnection -ComputerName HOST -Port 443',
    'Get-TlsCipherSuite | select Name',
    'Get-ChildItem Cert:\\LocalMachine\\My | select Subject,NotAfter',
    'Get-WinEvent -LogName System -MaxEvents 200 | where ProviderName -eq "Schannel"',
  ],
  explain: [
    'Examines the events 36870, 36871, 36874, 36876, 36881, 36882, 36884, 36887 and 36888 of Schannel. Alerts that only close a ' +
      'connection are left out. Events with one problem, alert, process and name are one finding.',
    'Limits: the events have no addresses. Programs with another TLS library are not seen.',
  ],
  causes: ['tcp-reset'],
  events: [{ provider: SCHANNEL, ids: [...PROBLEMS.keys()] }],
  start: () => (event) => {
    const alert = numberField(event, 'AlertDesc');
    if (alert !== undefined && HARMLESS.has(alert)) return undefined;
    const image = textField(event, 'CallerProcessImageName');
    const pid = numberField(event, 'CallerProcessId');
    const target = textField(event, 'TargetName') ?? textField(event, 'Name');
    const text = `${PROBLEMS.get(event.id) ?? 'failed'}${alertText(alert)}`;
    const process = pid === undefined ? image : `${image ?? 'PID'} (${pid})`;
    return {
      key: `${text} ${process ?? ''} ${target ?? ''}`,
      subject: {
        title: `TLS${target === undefined ? '' : ` with ${target}`}: ${text}${errorText(event)}`,
        process,
      },
    };
  },
});

const alertText = (alert: number | undefined): string =>
  alert === undefined ? '' : `: ${ALERTS.get(alert) ?? 'alert'} (${alert})`;

function errorText(event: DiagnosisEvent): string {
  const status = statusField(event, 'ErrorCode', 'win32') ?? statusField(event, 'ErrorStatus', 'win32');
  return status === undefined ? '' : `: ${status}`;
}
