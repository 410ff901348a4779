import { describe, expect, it } from 'vitest';
import { getChoice, getParam, withParams } from './search-params';

describe('search parameters', () => {
  it('omits empty values', () => {
    expect(withParams('/mailbox', { show: null, after: '', message: 'x' })).toBe('/mailbox?message=x');
    expect(withParams('/mailbox', {})).toBe('/mailbox');
  });

  it('takes the first value of a repeated parameter', () => {
    expect(getParam({ after: ['a', 'b'] }, 'after')).toBe('a');
    expect(getParam({}, 'after')).toBe('');
  });

  it('falls back to the first choice', () => {
    expect(getChoice({ tab: 'audit' }, 'tab', ['overview', 'audit'])).toBe('audit');
    expect(getChoice({ tab: 'nonsense' }, 'tab', ['overview', 'audit'])).toBe('overview');
  });
});
