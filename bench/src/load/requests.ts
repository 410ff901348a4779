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
