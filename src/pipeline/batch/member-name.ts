import { ConvertError } from '../errors.js';

/** What Windows does not take in a name, and controls and formats that no name needs. */
const UNWANTED = /[<>:"|?*\p{Cc}\p{Cf}\p{Cs}]/gu;

/**
 * A member's name in an archive as a relative path, with `/` between its parts. What could leave the directory is
 * refused; characters that some file system refuses become `_`.
 *
 * @throws ConvertError `input`
 */
export function memberPath(archive: string, name: string): string {
  const parts = name.split(/[/\\]/u);
  if (/^(?:[A-Za-z]:|[/\\])/u.test(name) || parts.includes('..')) {
    throw new ConvertError(
      'input',
      `${archive}: the member '${name}' would be written outside its directory`,
    );
  }
  return parts
    .filter((part) => part !== '' && part !== '.')
    .map((part) => part.replace(UNWANTED, '_'))
    .join('/');
}
