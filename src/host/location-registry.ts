import { LimitLog } from '../etl/index.js';
import type { CaptureLocation } from './capture-location.js';
import { HostLimitError } from './errors.js';

/** Limit of locations of one trace, or of several that are merged: each becomes an interface of the output. */
export const MAX_CAPTURE_LOCATIONS = 65_536;

/**
 * All locations of a trace, in the order of their first packets. Both passes use one registry, so that a location is
 * the same object in both.
 */
export class LocationRegistry {
  readonly #byKey = new Map<string, CaptureLocation>();
  readonly #limits: LimitLog;

  /** @param limits has the memory budget for names of locations */
  constructor(limits = new LimitLog()) {
    this.#limits = limits;
  }

  /**
   * The registered location with the same key, otherwise the given one.
   *
   * @throws HostLimitError
   */
  intern(captureLocation: CaptureLocation): CaptureLocation {
    const known = this.#byKey.get(captureLocation.key);
    if (known !== undefined) return known;
    if (this.#byKey.size >= MAX_CAPTURE_LOCATIONS)
      throw new HostLimitError('interfaces', MAX_CAPTURE_LOCATIONS);
    if (!this.#limits.hasRoom(captureLocation.key.length))
      throw new HostLimitError('interfaces', this.#byKey.size);
    this.#byKey.set(captureLocation.key, captureLocation);
    return captureLocation;
  }

  has(captureLocation: CaptureLocation): boolean {
    return this.#byKey.get(captureLocation.key) === captureLocation;
  }

  get size(): number {
    return this.#byKey.size;
  }

  all(): readonly CaptureLocation[] {
    return [...this.#byKey.values()];
  }
}
