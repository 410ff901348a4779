import { describe, expect, it } from 'vitest';
import { addressBlock, isPrivateAddress, validForwardedFor } from './address.js';

describe('addresses', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::9', '2001:db8:0:0::/64'],
  ])('%s counts as %s in rate limits', (address, block) => {
    expect(addressBlock(address)).toBe(block);
  });

  it('trusts proxies with private addresses only', () => {
    const trusted = ['127.0.0.1', '10.1.2.3', '172.20.0.5', '192.168.1.1', '::1', '::ffff:127.0.0.1', 'fd00::1'];
    expect(trusted.filter(isPrivateAddress)).toEqual(trusted);
    expect(['8.8.8.8', '172.32.0.1', '2001:db8::1', '11.0.0.1'].filter(isPrivateAddress)).toEqual([]);
  });

  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['198.51.100.1, 203.0.113.7', '198.51.100.1, 203.0.113.7'],
    ['203.0.113.7:4711, [2001:db8::1]:443', '203.0.113.7, 2001:db8::1'],
    ['<b>x</b>, 203.0.113.7', '203.0.113.7'],
    ['203.0.113.7, unknown', null],
    ['1.2.3.4.5', null],
    ['', null],
  ])('S14 X-Forwarded-For "%s": valid addresses from the end: %s', (header, valid) => {
    expect(validForwardedFor(header)).toBe(valid);
  });
});
