import type { Person } from './fixtures.js';

// HTTP requests as text, which load generators build before they start to measure.

export function registerRequest(competitionId: string, person: Person, key: string, body = '{}'): string {
  return (
    `POST /api/competitions/${competitionId}/register HTTP/1.1\r\nHost: 127.0.0.1\r\n` +
    `Authorization: Bearer ${person.token}\r\nIdempotency-Key: ${key}\r\n` +
    `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  );
}

/** Confirms a held seat. */
export const confirmRequest = (competitionId: string, person: Person): string =>
  `POST /api/competitions/${competitionId}/confirm HTTP/1.1\r\nHost: 127.0.0.1\r\n` +
  `Authorization: Bearer ${person.token}\r\nContent-Length: 0\r\n\r\n`;

export const getRequest = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`;

export function postRequest(path: string, body: string): string {
  return (
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n` +
    `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  );
}

/** With the headers of a browser, on which the response depends. */
export function browserRequest(method: 'GET' | 'POST', path: string, headers: Record<string, string>): string {
  const lines = Object.entries({ host: '127.0.0.1', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}${method === 'POST' ? 'content-length: 0\r\n' : ''}\r\n`;
}
