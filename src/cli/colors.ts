/**
 * Whether the spinner on standard error has a color: `--no-color`, then FORCE_COLOR, then NO_COLOR (no-color.org) decide;
 * otherwise it has one.
 */
export function usesColor(noColor: boolean): boolean {
  const { FORCE_COLOR, NO_COLOR } = process.env;
  if (noColor) return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return (NO_COLOR ?? '') === '';
}
