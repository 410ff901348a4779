import { describe, expect, it } from 'vitest';
import { arrayText, objectText, withMember } from './json-text.js';

describe('JSON text', () => {
  it('builds an object and an array from encoded parts', () => {
    expect(objectText({ items: arrayText(['{"a":1}', '2']), 'next"': 'null' })).toBe(
      '{"items":[{"a":1},2],"next\\"":null}',
    );
    expect(objectText({})).toBe('{}');
    expect(arrayText([])).toBe('[]');
  });

  it('adds a member at the end of an object and leaves the rest as it is', () => {
    expect(withMember('{"a": "}" ,"b":[{}]}', 'own', '{"id":1}')).toBe('{"a": "}" ,"b":[{}],"own":{"id":1}}');
    expect(withMember('{}', 'own', 'null')).toBe('{"own":null}');
  });

  it.each(['[1]', '"{}', 'null', ''])('refuses to add a member to %s', (text) => {
    expect(() => withMember(text, 'own', 'null')).toThrow('Only an object');
  });
});
