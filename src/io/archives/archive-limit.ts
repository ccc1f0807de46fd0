import { Transform } from 'node:stream';
import { ConvertError } from '../../passes/index.js';

/**
 * Expanded bytes for each compressed byte, at most. Deflate cannot go beyond 1,032; traces of half-empty buffers reach
 * about 200.
 */
const MAX_RATIO = 500;

/** Up to here no ratio is looked at: small traces are mostly empty buffer. */
const RATIO_FREE_BYTES = 64 * 1024 * 1024;

/** Limit of the expanded size of this many compressed bytes. */
export const mostExpanded = (compressed: number): number =>
  Math.max(RATIO_FREE_BYTES, compressed * MAX_RATIO);

/**
 * Passes expanded bytes on until they are more than a trace of this compressed size can have.
 *
 * @param name the input, for the message
 * @param compressed bytes it has compressed
 * @param limit bytes it may have expanded
 */
export function expansionLimit(name: string, compressed: number, limit: number): Transform {
  const byRatio = mostExpanded(compressed);
  let size = 0;
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      size += chunk.length;
      if (size > limit) {
        done(
          new ConvertError(
            'input',
            `${name}: expands to more than ${limit} bytes; --spool-limit allows more, if the source is trusted`,
          ),
        );
      } else if (size > byRatio) {
        done(
          new ConvertError(
            'input',
            `${name}: ${compressed} bytes expand to more than ${byRatio}: not a compressed trace; ` +
              'expand it by hand if the source is trusted',
          ),
        );
      } else {
        done(null, chunk);
      }
    },
  });
}
