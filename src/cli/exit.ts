/** Exit codes of the command; README.md, "Options", describes them for users. */
export const Exit = {
  converted: 0,
  failed: 1,
  usage: 2,
  /** Converted, but data was lost or damaged, and --strict was given. */
  lossy: 3,
  noPackets: 4,
  /** diagnose: findings that --fail-on names. */
  findings: 5,
} as const;

export type ExitCode = (typeof Exit)[keyof typeof Exit];

/** Of several inputs, the outcome that needs attention most. */
export function worst(codes: readonly ExitCode[]): ExitCode {
  for (const code of [Exit.usage, Exit.failed, Exit.lossy, Exit.findings, Exit.noPackets]) {
    if (codes.includes(code)) return code;
  }
  return Exit.converted;
}

/** The command line is wrong; the message describes the error. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The exit code of an error: the caller's mistake, or a failure. */
export function exitCodeOf(error: unknown): ExitCode {
  // Errors of the library have a code; their class is not loaded for usage errors.
  const isUsage =
    error instanceof UsageError || (error instanceof Error && 'code' in error && error.code === 'usage');
  return isUsage ? Exit.usage : Exit.failed;
}
