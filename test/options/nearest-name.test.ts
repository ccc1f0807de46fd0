import { expect, test } from 'vitest';
import { nearestName } from '../../src/options/nearest-name.js';

const NAMES = ['output', 'events', 'events-output', 'json', 'no-color', 'drops'];

test.each([
  ['ouput', 'output'],
  ['otuput', 'output'],
  ['outputs', 'output'],
  ['event', 'events'],
  ['event-output', 'events-output'],
  ['jsno', 'json'],
  ['no-colour', 'no-color'],
])('%s was meant to be %s', (typed, meant) => {
  expect(nearestName(typed, NAMES)).toBe(meant);
});

test.each(['x', 'nope', 'verbose', ''])('%j is similar to none', (typed) => {
  expect(nearestName(typed, NAMES)).toBeUndefined();
});
