export { InstallError } from './errors.js';
export { EXTCAP_INTERFACE, extcapConfig, extcapDlts, extcapInterfaces } from './extcap.js';
export { findWireshark, foldersIn, type WiresharkFolders } from './folders.js';
export { type FileState, type FileStatus, install, installationStatus, uninstall } from './install.js';
