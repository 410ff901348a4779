import { randomUUID } from 'node:crypto';
import type { ScanKind } from '@mini-compete/shared/check-in-rules';
import type { DecideScans, DoorSnapshot, ScanInput } from '@mini-compete/shared/check-ins';
import { peopleOf } from '@mini-compete/shared/door-list';
import type { TicketHolder } from '@mini-compete/shared/tickets';
import type { CompetitionRow, Person } from './factories.js';
import { type ApiResponse, type CallOptions, get, post } from './http-client.js';
import { rows } from './queries.js';

type Competition = Pick<CompetitionRow, 'id'>;

/** The requests of doors, of the people with tickets, and of managers on the day, to the API at `url`. */
export function checkInClient(url: string) {
  const path = ({ id }: Competition) => `/api/competitions/${id}`;
  return {
    ticket: ({ token }: Person, competition: Competition) => get(url, `${path(competition)}/ticket`, { token }),
    door: ({ token }: Person, competition: Competition, door: { id: string; name: string }) =>
      get(url, `${path(competition)}/door?door=${door.id}&name=${encodeURIComponent(door.name)}`, { token }),
    upload: ({ token }: Person, competition: Competition, body: object) =>
      post(url, `${path(competition)}/check-ins`, { token, body }),
    day: ({ token }: Person, competition: Competition) => get(url, `${path(competition)}/check-ins`, { token }),
    undo: (
      { token }: Person,
      competition: Competition,
      { registrationId, userId }: TicketHolder,
      options?: CallOptions,
    ) => post(url, `${path(competition)}/check-ins/undo`, { token, body: { registrationId, userId }, ...options }),
    decide: ({ token }: Person, competition: Competition, body: DecideScans) =>
      post(url, `${path(competition)}/check-ins/decide`, { token, body }),
    noShows: ({ token }: Person, competition: Competition) => get(url, `${path(competition)}/no-shows`, { token }),
    release: ({ token }: Person, competition: Competition, withoutDoors: string[] = [], options?: CallOptions) =>
      post(url, `${path(competition)}/no-shows/release`, { token, body: { withoutDoors }, ...options }),
  };
}

interface DeviceOptions {
  /** How far its clock is ahead. */
  readonly clockAheadMs?: number;
}

/** A device at a door, with a clock of its own and a queue of scans. `sync` uploads them as often as it is called. */
export class Device {
  readonly door = { id: randomUUID(), name: 'Main entrance' };
  readonly scans: Omit<Extract<ScanInput, { ticket: string }> | Extract<ScanInput, { userId: string }>, 'deviceNow'>[] =
    [];
  snapshot: DoorSnapshot | undefined;
  private readonly clockAheadMs: number;

  constructor(
    private readonly client: ReturnType<typeof checkInClient>,
    readonly scanner: Person,
    private readonly competition: Competition,
    { clockAheadMs = 0 }: DeviceOptions = {},
  ) {
    this.clockAheadMs = clockAheadMs;
  }

  get now(): string {
    return new Date(Date.now() + this.clockAheadMs).toISOString();
  }

  get people() {
    return this.snapshot === undefined ? [] : peopleOf(this.snapshot.list);
  }

  async open(name = 'Main entrance'): Promise<this> {
    this.door.name = name;
    const { status, body, text } = await this.client.door(this.scanner, this.competition, this.door);
    if (status !== 200) throw new Error(text);
    this.snapshot = body;
    return this;
  }

  /** A ticket, or a person of the list. */
  scan(what: string | TicketHolder, { kind = 'CHECK_IN', at = this.now }: { kind?: ScanKind; at?: string } = {}) {
    const scan = { id: randomUUID(), kind, at, ...(this.snapshot && { snapshotAt: this.snapshot.takenAt }) };
    const subject =
      typeof what === 'string' ? { ticket: what } : { registrationId: what.registrationId, userId: what.userId };
    this.scans.push({ ...scan, ...subject });
    return scan;
  }

  sync(scans: readonly object[] = this.scans, remaining = 0): Promise<ApiResponse> {
    const deviceNow = this.now;
    const body = { door: this.door, remaining, scans: scans.map((scan) => ({ ...scan, deviceNow })) };
    return this.client.upload(this.scanner, this.competition, body);
  }
}

/** A time that a device may have scanned at, well before what happens now: an upload takes a while. */
export async function aMinuteAgo(device: Device): Promise<string> {
  const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
  await rows('UPDATE check_in_doors SET opened_at = $2 WHERE id = $1', [device.door.id, hourAgo]);
  if (device.snapshot !== undefined) device.snapshot.takenAt = hourAgo;
  return new Date(Date.parse(device.now) - 60_000).toISOString();
}
