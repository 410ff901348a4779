import { type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { SeatsEvent } from '@mini-compete/shared/seats';

export interface ReceivedEvent extends SeatsEvent {
  readonly id: number;
}

/** A client of the event stream of a competition's seats, on its own connection. */
export interface SeatSubscriber {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Oldest first. */
  readonly events: readonly ReceivedEvent[];
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
  const subscriber = {
    status: response.statusCode ?? 0,
    headers: response.headers,
    events,
    text: () => text,
    ended: false,
    close: () => clientRequest.destroy(),
  };
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    text += chunk;
    for (let end = text.indexOf('\n\n', parsed); end >= 0; end = text.indexOf('\n\n', parsed)) {
      const event = parseEvent(text.slice(parsed, end));
      if (event !== null) events.push(event);
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

/** Null for comments and for other events. */
function parseEvent(block: string): ReceivedEvent | null {
  const fields = new Map(
    block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
  if (fields.get('event') !== 'seats') return null;
  return { id: Number(fields.get('id')), ...JSON.parse(fields.get('data') ?? '') };
}
