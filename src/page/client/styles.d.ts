/** Style sheets are bundled by esbuild into one beside the script. */
declare module '*.css';
