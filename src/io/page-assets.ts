import { createHash } from 'node:crypto';
import { ConvertError } from '../passes/index.js';
import type { PageAssets } from '../report/index.js';
import { packageFile } from './installation.js';
import { systemReason } from './system-errors.js';

/**
 * Reads the script and the style of the report page, which `npm run build` makes in dist/report.
 *
 * @throws ConvertError `input` if they are missing
 */
export function pageAssets(): PageAssets {
  const read = (name: string): string => {
    const path = `dist/report/${name}`;
    try {
      return new TextDecoder().decode(packageFile(path));
    } catch (error) {
      throw new ConvertError('input', `${path}: ${systemReason(error)}; npm run build makes it`, {
        cause: error,
      });
    }
  };
  const script = read('page-client.js');
  const style = read('page-client.css');
  return { script, style, scriptHash: hashOf(script), styleHash: hashOf(style) };
}

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;
