import type { Writable } from 'node:stream';

/**
 * Writes text to standard output, and waits until it is written.
 *
 * @throws Error if the reader went away or the device is full
 */
export function print(text: string, stream: Writable = process.stdout): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (error) void writeError(error).then(reject);
      else resolve();
    });
  });
}

/** Loads the texts of system errors only if there is one: `etlcap --version` starts without them. */
async function writeError(error: Error): Promise<Error> {
  const { systemReason } = await import('../io/index.js');
  return new Error(`standard output: ${systemReason(error)}`, { cause: error });
}
