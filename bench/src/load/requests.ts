import type { Person } from '../house/world.js';

/** Requests as bytes, made before the clock runs. */
export function registerRequest(competitionId: string, person: Person, key: string, body = '{}'): string {
  return (
    `POST /api/competitions/${competitionId}/register HTTP/1.1\r\nHost: 127.0.0.1\r\n` +
    `Authorization: Bearer ${person.token}\r\nIdempotency-Key: ${key}\r\n` +
    `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  );
}

export function getRequest(path: string, token?: string): string {
  const credentials = token === undefined ? '' : `Authorization: Bearer ${token}\r\n`;
  return `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${credentials}\r\n`;
}

export function postRequest(path: string, body: string): string {
  return (
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n` +
    `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  );
}

/** As a browser asks, with the headers that decide what it gets. */
export function browserRequest(method: 'GET' | 'POST', path: string, headers: Record<string, string>): string {
  const lines = Object.entries({ host: '127.0.0.1', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}${method === 'POST' ? 'content-length: 0\r\n' : ''}\r\n`;
}
