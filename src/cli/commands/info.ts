import { basename } from 'node:path';
import { jsonText } from '../../etw/index.js';
import { type TraceInfo, traceInfoList } from '../../info/index.js';
import { traceInfo } from '../../library/index.js';
import { assertInputs, command } from '../command.js';
import { print } from '../print.js';
import { readOptions } from '../read-options.js';
import { layOut } from '../text/display-width.js';
import { infoText } from '../text/trace-info.js';
import { forEachTrace, withTraces } from '../with-traces.js';

/** `etlcap info FILE.etl …` */
export const infoCommand = command('info', async (flags, input) => {
  assertInputs('info', input);
  const options = await readOptions('info', flags);
  const traces: TraceInfo[] = [];
  let found = 0;
  const code = await withTraces({ ...flags, showsProgress: !flags.quiet }, (reading) =>
    forEachTrace(reading, input, async (source) => {
      const { progress, signal } = reading;
      found += 1;
      const trace = await traceInfo(source, {
        ...options,
        signal,
        onProgress: (state) => progress.update(basename(source.name), state),
      });
      progress.clear();
      if (!flags.json) {
        const text = await layOut(() => infoText(trace));
        await print(`${traces.length > 0 ? '\n' : ''}${text}\n`);
      }
      traces.push(trace);
      return true;
    }),
  );
  const value = found === 1 ? traces[0] : traceInfoList(traces);
  if (flags.json && value !== undefined) await print(`${jsonText(value)}\n`);
  return code;
});
