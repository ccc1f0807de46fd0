import { HostLimitError } from './errors.js';
import type { Place } from './location.js';

/** Places of one trace, or of several that are merged: each becomes an interface of the output. */
export const MAX_PLACES = 65_536;

/**
 * All places of a trace, in the order in which packets were first seen there. One registry serves both passes, so that
 * a place is the same object in both.
 */
export class PlaceRegistry {
  readonly #byKey = new Map<string, Place>();

  /**
   * The place that has this key already, else the given one.
   *
   * @throws HostLimitError
   */
  intern(place: Place): Place {
    const known = this.#byKey.get(place.key);
    if (known !== undefined) return known;
    if (this.#byKey.size >= MAX_PLACES) throw new HostLimitError('interfaces', MAX_PLACES);
    this.#byKey.set(place.key, place);
    return place;
  }

  has(place: Place): boolean {
    return this.#byKey.get(place.key) === place;
  }

  get size(): number {
    return this.#byKey.size;
  }

  all(): readonly Place[] {
    return [...this.#byKey.values()];
  }
}
