/** File System Access API, which TypeScript's DOM types do not declare; absent in Firefox and Safari. */
interface Window {
  readonly showDirectoryPicker?: (options: {
    readonly mode: 'read' | 'readwrite';
  }) => Promise<FileSystemDirectoryHandle>;
}
