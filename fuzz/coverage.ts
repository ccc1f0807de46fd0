import { type Profiler, Session } from 'node:inspector';

/** How much of a file was run. */
export interface FileCoverage {
  readonly file: string;
  readonly functions: number;
  readonly functionsRun: number;
  readonly bytes: number;
  readonly bytesRun: number;
}

/**
 * The blocks of the product's code that were run, counted by V8 itself (the inspector's precise coverage): no
 * instrumentation is needed, and a batch of cases needs one query.
 */
export class Coverage {
  readonly #session = new Session();
  readonly #folder: string;

  /** @param folder only files whose URL contains it are looked at */
  constructor(folder: string) {
    this.#folder = folder;
    this.#session.connect();
    this.#session.post('Profiler.enable');
    this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  /** The blocks that ran since the last query. */
  look(): Set<string> {
    const run = new Set<string>();
    for (const { functions, url } of this.#scripts()) {
      for (const { ranges } of functions) {
        for (const { count, endOffset, startOffset } of ranges) {
          if (count > 0) run.add(`${url}:${startOffset}-${endOffset}`);
        }
      }
    }
    return run;
  }

  /** The part of each file that ran since the last query. */
  measure(): FileCoverage[] {
    return this.#scripts().map(({ functions, url }) => {
      const size = Math.max(...functions.map(({ ranges }) => ranges[0]?.endOffset ?? 0));
      const isRun = new Uint8Array(size);
      const [, ...inner] = functions;
      // The file itself ran when it was loaded; outer functions and blocks precede those inside them.
      isRun.fill(1);
      for (const { ranges } of inner) {
        for (const { count, endOffset, startOffset } of ranges) {
          isRun.fill(count > 0 ? 1 : 0, startOffset, endOffset);
        }
      }
      return {
        file: url.slice(url.indexOf(this.#folder) + this.#folder.length),
        functions: functions.length,
        functionsRun: functions.filter(({ ranges }) => (ranges[0]?.count ?? 0) > 0).length,
        bytes: size,
        bytesRun: isRun.reduce((sum, run) => sum + run, 0),
      };
    });
  }

  #scripts(): Profiler.ScriptCoverage[] {
    let scripts: Profiler.ScriptCoverage[] = [];
    // post() calls back before it returns: the thread's own inspector answers.
    this.#session.post('Profiler.takePreciseCoverage', (error, { result }) => {
      if (error) throw error;
      scripts = result.filter(({ url }) => url.includes(this.#folder));
    });
    return scripts;
  }
}
