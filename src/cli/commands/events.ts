import { basename } from 'node:path';
import { listEvents } from '../../library/index.js';
import type { Hint } from '../../passes/index.js';
import { assertInputs, command } from '../command.js';
import { isReaderGone, warn } from '../print-error.js';
import { readOptions } from '../read-options.js';
import { noEventsText } from '../text/conversion-summary.js';
import { eventLine } from '../text/event-line.js';
import { forEachTrace, withTraces } from '../with-traces.js';

/** `etlcap events FILE.etl …` */
export const eventsCommand = command('events', async (flags, input) => {
  assertInputs('events', input);
  const isJson = flags.ndjson || flags.json;
  const options = { ...(await readOptions('events', flags)), ...(!isJson && { lineOf: eventLine }) };
  // On a terminal, lines and progress would be mixed.
  const showsProgress = !flags.quiet && !process.stdout.isTTY;
  return withTraces({ ...flags, showsProgress }, (reading) =>
    forEachTrace(reading, input, async (source) => {
      const { progress, signal } = reading;
      const hints: Hint[] = [];
      try {
        await listEvents(source, process.stdout, {
          ...options,
          signal,
          onWarning: (message) => {
            progress.clear();
            warn(message);
          },
          onHint: (hint) => hints.push(hint),
          onProgress: (state) => progress.update(basename(source.name), state),
        });
      } catch (error) {
        // `etlcap events … | head`: the reader has ended.
        if (isReaderGone(error)) return false;
        throw error;
      }
      progress.clear();
      const noEvents = flags.quiet ? undefined : noEventsText(source.name, hints);
      if (noEvents !== undefined) process.stderr.write(noEvents);
      return true;
    }),
  );
});
