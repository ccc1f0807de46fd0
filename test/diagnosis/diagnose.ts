import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '../../src/diagnosis/index.js';
import { type DiagnoseTracesOptions, diagnose } from '../../src/library/index.js';
import type { DiagnosisDocument } from '../../src/listing/index.js';

/** The diagnosis of a trace in memory. */
export async function diagnosisOf(
  etl: Uint8Array,
  options: DiagnoseTracesOptions = {},
): Promise<DiagnosisDocument> {
  const directory = await mkdtemp(join(tmpdir(), 'etlcap-diagnosis-'));
  try {
    const input = join(directory, 'trace.etl');
    await writeFile(input, etl);
    return await diagnose([input], options);
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** The only finding with an id. */
export function only({ findings }: Pick<DiagnosisDocument, 'findings'>, id: string): Finding {
  const [finding, ...others] = findings.filter((each) => each.id === id);
  if (finding === undefined || others.length > 0) throw new Error(`${others.length} other findings ${id}`);
  return finding;
}
