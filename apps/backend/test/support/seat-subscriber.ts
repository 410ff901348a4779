import { type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { RegistrationEvent, SeatsEvent } from '@mini-compete/shared/seats';

export interface ReceivedEvent extends SeatsEvent {
  readonly id: number;
}

/** A client of the event stream of a competition's seats, on its own connection. */
export interface SeatSubscriber {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Oldest first. */
  readonly events: readonly ReceivedEvent[];
  /** The events about the subscriber's own registration. */
  readonly registrations: readonly RegistrationEvent[];
  /** Everything received so far, unparsed. */
  text(): string;
  readonly ended: boolean;
  close(): void;
}

export interface SubscribeOptions {
  headers?: Record<string, string>;
  method?: 'GET' | 'HEAD';
}

/** Resolves when the headers of the response have arrived. */
export function subscribe(
  url: string,
  competition: { id: string },
  { method = 'GET', headers }: SubscribeOptions = {},
): Promise<SeatSubscriber> {
  return new Promise((resolve, reject) => {
    const clientRequest = request(
      new URL(`/api/competitions/${competition.id}/events`, url),
      { agent: false, method, headers: { accept: 'text/event-stream', ...headers } },
      (response) => resolve(receive(response, clientRequest)),
    );
    clientRequest.on('error', reject).end();
  });
}

function receive(response: IncomingMessage, clientRequest: ClientRequest): SeatSubscriber {
  let text = '';
  let parsed = 0;
  const events: ReceivedEvent[] = [];
  const registrations: RegistrationEvent[] = [];
  const subscriber = {
    status: response.statusCode ?? 0,
    headers: response.headers,
    events,
    registrations,
    text: () => text,
    ended: false,
    close: () => clientRequest.destroy(),
  };
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    text += chunk;
    for (let end = text.indexOf('\n\n', parsed); end >= 0; end = text.indexOf('\n\n', parsed)) {
      const { id, event, data } = parseEvent(text.slice(parsed, end));
      if (event === 'seats') events.push({ id: Number(id), ...JSON.parse(data ?? '') });
      if (event === 'registration') registrations.push(JSON.parse(data ?? ''));
      parsed = end + 2;
    }
  });
  response
    .on('error', () => {})
    .on('close', () => {
      subscriber.ended = true;
    });
  return subscriber;
}

/** The fields of an event; comments have none of these. */
function parseEvent(block: string): { id?: string; event?: string; data?: string } {
  return Object.fromEntries(
    block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
}
