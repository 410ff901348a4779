import { describe, expect, it } from 'vitest';
import { isFailure } from '../launch/failure.mjs';
import { checkOptions } from './options.js';

const failureOf = (command: string, ...args: string[]): string => {
  try {
    checkOptions(command, args);
  } catch (error) {
    if (isFailure(error)) return error.message;
    throw error;
  }
  return '';
};

describe('the options of a command', () => {
  it.each(['bench', 'check', 'start'])('are said when somebody asks for help with %s', (command) => {
    for (const option of ['--help', '-h'])
      expect(checkOptions(command, [option])).toMatch(new RegExp(`^npm run ${command} (accepts|takes) `));
  });

  it('are accepted', () => {
    expect(checkOptions('bench', ['--quick', '--only', 'registering', '--rounds=3'])).toBeUndefined();
    expect(checkOptions('check', ['--write'])).toBeUndefined();
    expect(checkOptions('start', [])).toBeUndefined();
  });

  it.each([
    ['bench', '--slow', "Unknown option '--slow'. npm run bench accepts --quick"],
    ['bench', 'registering', "Unexpected argument 'registering'"],
    ['bench', '--rounds', "Option '--rounds <value>' argument missing"],
    ['check', '--fix', "Unknown option '--fix'. npm run check accepts --write"],
    ['start', '--port=4000', "Unknown option '--port'. npm run start takes no options."],
  ])('of %s are said instead of a stack trace when one is wrong: %s', (command, option, message) => {
    expect(failureOf(command, option)).toContain(message);
  });

  it('are left to the program that a command runs', () => {
    expect(checkOptions('test', ['--help'])).toBeUndefined();
    expect(checkOptions('migrate', ['dev', '--name', 'x'])).toBeUndefined();
  });
});
