import { describe, expect, it } from 'vitest';
import { readAddresses, withoutInvalid } from './addresses';

describe('reading addresses that were pasted', () => {
  it('takes commas, semicolons, spaces and lines, also Arabic ones', () => {
    const { valid } = readAddresses(
      'a@example.org, b@example.org; c@example.org\td@example.org\n\ne@example.org، f@example.org',
    );
    expect(valid).toEqual(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${name}@example.org`));
  });

  it('takes the address out of recipients with names', () => {
    const { valid, invalid } = readAddresses(
      'Ada Lovelace <ADA@example.org>, "Turing, Alan" <alan@example.org>\n<mailto:x@example.org>',
    );
    expect(valid).toEqual(['ada@example.org', 'alan@example.org', 'x@example.org']);
    expect(invalid).toEqual([]);
  });

  it('reports what is no address, and what is there twice', () => {
    const addresses = readAddresses('Ada ada@example.org ADA@example.org broken@');
    expect(addresses).toEqual({ valid: ['ada@example.org'], invalid: ['Ada', 'broken@'], repeated: 1 });
    expect(withoutInvalid(addresses)).toBe('ada@example.org');
  });
});
