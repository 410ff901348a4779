import { describe, expect, it } from 'vitest';
import { parseSmtpUrl } from './smtp-url.js';

describe('parseSmtpUrl', () => {
  it.each([
    ['smtp://127.0.0.1:2525', { secure: false, host: '127.0.0.1', port: 2525 }],
    ['smtps://mail.example.org:465', { secure: true, host: 'mail.example.org', port: 465 }],
    ['SMTPS://Mail.Example.org', { secure: true, host: 'mail.example.org' }],
    ['smtp:mail.example.org:25', { secure: false, host: 'mail.example.org', port: 25 }],
    ['smtp://[::1]:25', { secure: false, host: '::1', port: 25 }],
    ['smtp://münchen.example', { secure: false, host: 'xn--mnchen-3ya.example' }],
    ['smtp://', { secure: false }],
  ])('takes host, port and TLS from %s, and leaves the defaults to nodemailer', (url, options) => {
    expect(parseSmtpUrl(url)).toEqual({ options, auth: null });
  });

  it('takes query parameters as options of the connection, but not host, port and TLS of the URL', () => {
    const query = 'socketTimeout=5000&requireTLS=true&ignoreTLS=false&name=mx1&a.b=1&host=x&port=1&secure=true';
    expect(parseSmtpUrl(`smtp://h:25?${query}`).options).toEqual({
      secure: false,
      host: 'h',
      port: 25,
      socketTimeout: 5000,
      requireTLS: true,
      ignoreTLS: false,
      name: 'mx1',
    });
    expect(parseSmtpUrl('smtp://h?port=2525').options).toEqual({ secure: false, host: 'h', port: 2525 });
  });

  it('takes parameters that begin with "tls." as options of TLS', () => {
    const { options } = parseSmtpUrl('smtps://h?tls.rejectUnauthorized=false&tls.minVersion=TLSv1.3');
    expect(options).toEqual({ secure: true, host: 'h', tls: { rejectUnauthorized: false, minVersion: 'TLSv1.3' } });
  });

  it.each([
    ['smtp://user:secret@h', { user: 'user', pass: 'secret' }],
    ['smtp://me%40example.org:a%3Ab%25@h', { user: 'me@example.org', pass: 'a:b%' }],
    ['smtp://user:50%off@h', { user: 'user', pass: '50%off' }],
    ['smtp://user@h', { user: 'user', pass: '' }],
    ['smtp://:secret@h', null],
  ])('decodes the credentials of %s', (url, auth) => {
    expect(parseSmtpUrl(url).auth).toEqual(auth);
  });

  it('throws for an invalid host instead of connecting to localhost', () => {
    expect(() => parseSmtpUrl('smtp://user:secret@mail%20example')).toThrow('SMTP_URL');
  });
});
