import type { Writable } from 'node:stream';
import { systemReason } from '../io/index.js';

/**
 * Writes text to standard output, and waits until it is written.
 *
 * @throws Error where the reader went away or the device is full; the message is for people
 */
export function print(text: string, stream: Writable = process.stdout): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (error) reject(new Error(`standard output: ${systemReason(error)}`, { cause: error }));
      else resolve();
    });
  });
}
