import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
import { describe } from 'vitest';

/** Debian's Chromium. */
const CHROMIUM = process.env.ETLCAP_CHROMIUM ?? '/usr/bin/chromium';

/** A `describe` for tests in a browser: skipped without one, unless ETLCAP_REQUIRE_CHROMIUM=1. */
export function describeInBrowser(name: string, tests: () => void): void {
  describe.skipIf(!existsSync(CHROMIUM) && process.env.ETLCAP_REQUIRE_CHROMIUM !== '1')(name, tests);
}

/** A browser with a separate profile, and a function that removes both. */
export interface OpenBrowser {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

/** Starts the browser without a window and without its own network requests. */
export async function openBrowser(): Promise<OpenBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'etlcap-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  return {
    context,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
