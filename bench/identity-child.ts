import { convert } from '../src/library/index.js';
import { PacketIdentity } from '../src/passes/index.js';

/**
 * Converts a trace with or without packet identity, for the benchmark: `identity-child.js TRACE OUTPUT [without]`.
 */
const [, , input = '', output = '', mode] = process.argv;
if (mode === 'without') {
  Object.defineProperty(PacketIdentity.prototype, 'see', { value: () => undefined });
}
await convert(input, output, { events: 'none', force: true });
