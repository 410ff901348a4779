import type { RouteDocs } from '../../platform/openapi/route-doc.js';

export const SEAT_EVENTS: RouteDocs = {
  'GET /api/competitions/{id}/events': {
    tag: 'Competitions',
    summary: 'Subscribe to the seats',
    description:
      'Server-sent events. `event: seats` contains a SeatsEvent as JSON, normally within a second of a change; changes are coalesced into the latest state. For a participant who is on the waitlist when the stream begins, `event: registration` contains a RegistrationEvent as JSON: the position, after each move the new one, and in the end the status PENDING, CONFIRMED or CANCELLED. Reconnect after joining the waitlist. `event: heartbeat` is sent every 15 s: after a longer silence, reconnect. Reconnect with Last-Event-ID to resume.',
    responses: { 200: { type: 'text/event-stream', description: 'A stream without an end' } },
    errors: ['COMPETITION_NOT_FOUND'],
  },
};
