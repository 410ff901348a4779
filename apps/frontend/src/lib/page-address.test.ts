import { describe, expect, it } from 'vitest';
import { address, choice, said } from './page-address';

describe('an address', () => {
  it('leaves out what is empty', () => {
    expect(address('/mailbox', { show: null, after: '', message: 'x' })).toBe('/mailbox?message=x');
    expect(address('/mailbox', {})).toBe('/mailbox');
  });

  it('counts what stands there twice once', () => {
    expect(said({ after: ['a', 'b'] }, 'after')).toBe('a');
    expect(said({}, 'after')).toBe('');
  });

  it('says one of the choices, or the first', () => {
    expect(choice({ tab: 'audit' }, 'tab', ['overview', 'audit'])).toBe('audit');
    expect(choice({ tab: 'nonsense' }, 'tab', ['overview', 'audit'])).toBe('overview');
  });
});
