export { InstallError } from './errors.js';
export { EXTCAP_INTERFACE, extcapConfig, extcapDlts, extcapInterfaces } from './extcap.js';
export { findWireshark, foldersIn, parseFolders, type Wireshark, type WiresharkFolders } from './folders.js';
export {
  type FileState,
  type FileStatus,
  type InstallReport,
  install,
  installationStatus,
  type Part,
  type UninstallReport,
  uninstall,
} from './install.js';
export { type Launcher, type LauncherTarget, launcher } from './launcher.js';
export { packageVersion } from './package-files.js';
