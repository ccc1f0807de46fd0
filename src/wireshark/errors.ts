/** The installation cannot be changed or read as it is; nothing was changed. */
export class InstallError extends Error {
  override readonly name = 'InstallError';
}
