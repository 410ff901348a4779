import { describe, expect, it } from 'vitest';
import { readOptions } from './options.js';

describe('the options of npm run bench', () => {
  it('measure five rounds, and write no page unless they are asked to', () => {
    expect(readOptions([])).toMatchObject({ rounds: 5, only: [], write: false });
    expect(readOptions(['--write'])).toMatchObject({ rounds: 5, only: [], write: true });
  });

  it.each([[['--quick']], [['--quick', '--rounds', '5']], [['--rounds', '3']], [['--only', 'registering']]])(
    'refuse to write the figures of a part of the run: %s',
    (args) => {
      expect(readOptions(args)).toMatchObject({ write: false });
      expect(() => readOptions([...args, '--write'])).toThrow('--write needs a full run');
    },
  );

  it('write the figures of more rounds', () => {
    expect(readOptions(['--write', '--rounds', '7'])).toMatchObject({ rounds: 7, write: true });
  });

  it('name the parts when one is unknown', () => {
    expect(() => readOptions(['--only', 'everything'])).toThrow(
      'Unknown part "everything". The parts are: registering,',
    );
  });

  it.each(['0', '-1', '1.5', 'many'])('refuse %s rounds', (rounds) => {
    expect(() => readOptions([`--rounds=${rounds}`])).toThrow('a whole number');
  });
});
