/** The installation cannot be changed or read; nothing was changed. */
export class InstallError extends Error {
  override readonly name = 'InstallError';
}
