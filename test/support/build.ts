import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

const root = fileURLToPath(new URL('../..', import.meta.url));

declare module 'vitest' {
  interface ProvidedContext {
    /** What the compiler said where the build failed; empty if it did not. */
    buildProblem: string;
  }
}

/**
 * Builds the command once before the tests, where a source is newer than what stands in dist. Only tests that run the
 * command fail where it cannot be built.
 */
export default function setup(project: TestProject): void {
  project.provide('buildProblem', newest('src') > newest('dist') ? build() : '');
}

function newest(folder: string): number {
  try {
    const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
    return Math.max(
      0,
      ...entries
        .filter((entry) => entry.isFile())
        .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
    );
  } catch {
    return 0;
  }
}

function build(): string {
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'build'], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  return status === 0 ? '' : `${stdout}${stderr}`;
}
