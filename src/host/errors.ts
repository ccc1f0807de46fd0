/** Limits of the host model, for callers that act on them. */
export type HostLimit = 'components' | 'interfaces' | 'compartments';

/** More components, interfaces or compartments than any host has: the trace is damaged or made to exhaust memory. */
export class HostLimitError extends Error {
  override readonly name = 'HostLimitError';

  constructor(
    readonly limit: HostLimit,
    readonly maximum: number,
  ) {
    super(`the trace describes more than ${maximum.toLocaleString('en-US')} ${limit}`);
  }
}

/** The text given as compartments has none of the supported forms. */
export class CompartmentFileError extends Error {
  override readonly name = 'CompartmentFileError';
}
