import { DirectReader, plainPump, type Runtime } from '../passes/index.js';

/** Resolves after the worker handled the messages that wait. */
const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });

/** The services of a browser for passes over traces. */
export const browserRuntime = (version: string): Runtime => ({
  version,
  nextTurn,
  openReader: () => new DirectReader(),
  readManifests: async () => [],
  readHostInfo: async () => [],
  pump: plainPump,
});
