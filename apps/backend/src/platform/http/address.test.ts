import { describe, expect, it } from 'vitest';
import { addressBlock, isPrivateAddress } from './address.js';
import { readableForwardedFor } from './origin.js';

describe('addresses', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::9', '2001:db8:0:0::/64'],
  ])('%s is counted as %s', (address, block) => {
    expect(addressBlock(address)).toBe(block);
  });

  it('believes proxies on private addresses only', () => {
    const believed = ['127.0.0.1', '10.1.2.3', '172.20.0.5', '192.168.1.1', '::1', '::ffff:127.0.0.1', 'fd00::1'];
    expect(believed.filter(isPrivateAddress)).toEqual(believed);
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
  ])('S14 of the forwarded addresses "%s" those that proxies added count: %s', (header, readable) => {
    expect(readableForwardedFor(header)).toBe(readable);
  });
});
