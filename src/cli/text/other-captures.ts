/** A capture in an ETL file without network packets. */
interface OtherCapture {
  readonly providers: readonly string[];
  /** Lines of text: the content, and the tools for it. */
  readonly text: readonly string[];
}

// GUIDs of the registered providers, as `logman query providers` prints them.
const OTHER_CAPTURES: readonly OtherCapture[] = [
  {
    providers: [
      // Microsoft-Windows-BTH-BTHPORT, Microsoft-Windows-BTH-BTHUSB
      '8a1f9517-3a8c-4a9e-a018-4f17a200f277',
      '33693e1d-246a-471b-83be-3e75f47a832d',
    ],
    text: [
      'This is a Bluetooth capture (BTHPORT): HCI packets, not network packets. BTETLParse of the Windows',
      'Driver Kit and the Bluetooth Test Platform (BTP) converts it for Wireshark.',
    ],
  },
  {
    providers: [
      // Microsoft-Windows-USB-UCX, -USBXHCI, -USBHUB3, -USBPORT, -USBHUB
      '36da592d-e43a-4e28-af6f-4bc57c5a11e8',
      '30e1d284-5d88-459c-83fd-6345b39b19ec',
      'ac52ad17-cc01-4f85-8df5-4dce4333c99b',
      'c88a4ef5-d048-4013-9408-e04b7db2814a',
      '7426a56b-e2d5-4b30-bdef-b31815c1a74a',
    ],
    text: [
      'This is a USB capture (UCX, USBXHCI, USBHUB3, USBPORT or USBHUB): USB transfers, not network packets.',
      'On Windows, Network Monitor or Message Analyzer with the USB parsers and Windows Performance Analyzer read it.',
    ],
  },
];

/**
 * Identifies captures of Bluetooth and USB by their providers.
 *
 * @param ids GUIDs of the providers with events in the trace, lower case
 * @returns lines of text; empty for other traces
 */
export const otherCaptureText = (ids: readonly string[]): readonly string[] =>
  OTHER_CAPTURES.filter(({ providers }) => providers.some((id) => ids.includes(id))).flatMap(
    ({ text }) => text,
  );
