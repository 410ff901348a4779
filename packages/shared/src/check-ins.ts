import { z } from 'zod';
import { DOOR_NAME_MAX, SCAN_KINDS, SCAN_RESULTS, SCANS_MAX, TICKET_KEY_STATES } from './check-in-rules.js';
import { Id, Instant, InstantInput, singleLineText } from './common.js';
import { DOOR_STATUSES, type DoorStatus } from './door-list.js';
import { ActPerson } from './pending-acts.js';

const DoorName = singleLineText(DOOR_NAME_MAX);

/** `id` is made on the device, and stays. The name is shown to managers and at the other doors. */
export const DoorQuery = z.strictObject({ door: Id, name: DoorName });
export type DoorQuery = z.infer<typeof DoorQuery>;

/** A public key that verifies tickets. */
export const TicketKey = z
  .object({
    /** Eight hexadecimal digits. */
    id: z.string(),
    state: z.enum(TICKET_KEY_STATES),
    /** The 32 bytes of the Ed25519 key, in base64. */
    publicKey: z.string(),
  })
  .meta({ id: 'TicketKey' });
export type TicketKey = z.infer<typeof TicketKey>;

/** See `DoorList`, and `peopleOf` for reading it. */
export const DoorSnapshot = z
  .object({
    competition: z.object({
      id: Id,
      title: z.string(),
      location: z.string().nullable(),
      startDate: Instant.nullable(),
      endDate: Instant.nullable(),
    }),
    /** When it was taken, by the clock of the server. */
    takenAt: Instant,
    keys: z.array(TicketKey),
    list: z.object({
      ids: z.string(),
      names: z.array(z.string()),
      statuses: z.string(),
      teamOf: z.array(z.int().nullable()),
      teams: z.array(z.string()),
      entries: z.array(z.int()),
      enteredFrom: z.int(),
      doors: z.array(z.string()),
    }),
  })
  .meta({ id: 'DoorSnapshot' });
export type DoorSnapshot = z.infer<typeof DoorSnapshot>;

const scan = {
  /** Made on the device. The same id is the same scan, however often it is uploaded. */
  id: Id,
  kind: z.enum(SCAN_KINDS).default('CHECK_IN'),
  /** When it was scanned, and the time at the upload, both by the clock of the device: it may be wrong. */
  at: InstantInput,
  deviceNow: InstantInput,
  /** `takenAt` of the list that the door had. The scan is not from before. */
  snapshotAt: InstantInput.optional(),
};

/** A ticket as it was read, or a person that the door has chosen from its list. */
export const Scan = z
  .union([
    z.strictObject({ ...scan, ticket: z.string().max(500) }),
    z.strictObject({ ...scan, registrationId: Id, userId: Id }),
  ])
  .meta({ id: 'Scan' });
export type Scan = z.infer<typeof Scan>;
export type ScanInput = z.input<typeof Scan>;

const CLOCK_OFFSET_MAX_MS = 100 * 366 * 86_400_000;

/** An upload may be empty: it says that the door is there, and its response tells the door what time it is. */
export const UploadScans = z
  .strictObject({
    /** Left out by clients that are no door: their scans count, and no door is out of sync because of them. */
    door: z.strictObject({ id: Id, name: DoorName }).optional(),
    scans: z.array(Scan).max(SCANS_MAX),
    /** Scans that the door has not uploaded, without those of this upload. */
    remaining: z.int().min(0).max(1_000_000).default(0),
    /**
     * How far the clock of the server is ahead of the device's, estimated from earlier requests and their responses. Without
     * it, times come from `deviceNow`, and are late by as long as this upload takes to arrive.
     */
    clockOffsetMs: z.int().min(-CLOCK_OFFSET_MAX_MS).max(CLOCK_OFFSET_MAX_MS).optional(),
  })
  .meta({ id: 'UploadScans' });
export type UploadScans = z.infer<typeof UploadScans>;
export type UploadScansInput = z.input<typeof UploadScans>;

/** What a door shows of a person. */
export const ScannedPerson = z
  .object({
    registrationId: Id,
    userId: Id,
    name: z.string(),
    team: z.string().nullable(),
    status: z.enum(Object.values(DOOR_STATUSES) as [DoorStatus, ...DoorStatus[]]),
  })
  .meta({ id: 'ScannedPerson' });
export type ScannedPerson = z.infer<typeof ScannedPerson>;

export const ScanResult = z
  .object({
    id: Id,
    result: z.enum(SCAN_RESULTS),
    /** Null for NOT_ON_LIST and INVALID_TICKET. */
    person: ScannedPerson.nullable(),
    /** The entry of the person, which may be this scan. */
    entry: z.object({ scanId: Id, at: Instant, door: z.string() }).nullable(),
  })
  .meta({ id: 'ScanResult' });
export type ScanResult = z.infer<typeof ScanResult>;

/**
 * The scans are stored. `results` are in the order of the upload; empty with 202, for a person whose role has ended: a
 * manager decides on these scans.
 */
export const UploadedScans = z
  .object({ receivedAt: Instant, results: z.array(ScanResult) })
  .meta({ id: 'UploadedScans' });
export type UploadedScans = z.infer<typeof UploadedScans>;

/** `in` counts entries by the door that the person came in by. */
export const DoorNumbers = z
  .object({
    id: Id,
    name: z.string(),
    in: z.int(),
    /** When it last had nothing left to upload. */
    syncedAt: Instant.nullable(),
    /** Scans that it had not uploaded when it was last heard of. */
    remaining: z.int(),
  })
  .meta({ id: 'DoorNumbers' });
export type DoorNumbers = z.infer<typeof DoorNumbers>;

/** Also data of `event: numbers` in the event stream of the check-in. People count, not registrations. */
export const CheckInNumbers = z
  .object({
    in: z.int(),
    /** People with a seat, and people who have come in and have none any more. */
    expected: z.int(),
    /** Entries per minute of the last hour, the current minute last. */
    perMinute: z.array(z.int()),
    doors: z.array(DoorNumbers),
    /** Scans that managers should look at. */
    problems: z.int(),
    serverTime: Instant,
  })
  .meta({ id: 'CheckInNumbers' });
export type CheckInNumbers = z.infer<typeof CheckInNumbers>;

/** A scan in the list of the organizers. */
export const RecordedScan = z
  .object({
    id: Id,
    result: z.enum(SCAN_RESULTS),
    /** Null where the ticket was no ticket of the competition, and once the account is deleted. */
    person: ScannedPerson.nullable(),
    at: Instant,
    receivedAt: Instant,
    door: z.string(),
    scanner: ActPerson,
    /** ENTRY_AFTER_RELEASE: the person had come in before, and the seat was released because the door was offline: as a no-show, or with a team that was too small. */
    note: z.enum(['ENTRY_AFTER_RELEASE']).nullable(),
    /** Of the same person, where this scan is a duplicate. */
    entry: z.object({ at: Instant, door: z.string() }).nullable(),
  })
  .meta({ id: 'RecordedScan' });
export type RecordedScan = z.infer<typeof RecordedScan>;

/** Scans of a person whose role had ended when they were uploaded. They count when a manager accepts them. */
export const ScansToDecide = z
  .object({
    scanner: ActPerson,
    door: z.string(),
    /** Null for scans of a client that is no door. */
    doorId: Id.nullable(),
    count: z.int(),
    firstAt: Instant,
    lastAt: Instant,
  })
  .meta({ id: 'ScansToDecide' });
export type ScansToDecide = z.infer<typeof ScansToDecide>;

/** The day of a competition. Lists have the latest first, and at most 50 scans each. */
export const CheckInDay = z
  .object({
    numbers: CheckInNumbers,
    latest: z.array(RecordedScan),
    problems: z.array(RecordedScan),
    toDecide: z.array(ScansToDecide),
  })
  .meta({ id: 'CheckInDay' });
export type CheckInDay = z.infer<typeof CheckInDay>;

export const DecideScans = z
  .strictObject({
    scannerId: Id,
    /** Those of one door, or with null of no door. Left out: all scans of the person. */
    doorId: Id.nullable().optional(),
    accept: z.boolean(),
  })
  .meta({ id: 'DecideScans' });
export type DecideScans = z.infer<typeof DecideScans>;

export const DecidedScans = z.object({ count: z.int() }).meta({ id: 'DecidedScans' });
export type DecidedScans = z.infer<typeof DecidedScans>;

export const UndoCheckIn = z.strictObject({ registrationId: Id, userId: Id }).meta({ id: 'UndoCheckIn' });
export type UndoCheckIn = z.infer<typeof UndoCheckIn>;

/** Whose check-in was undone. */
export const UndoneCheckIn = z.object({ registrationId: Id, userId: Id }).meta({ id: 'UndoneCheckIn' });
export type UndoneCheckIn = z.infer<typeof UndoneCheckIn>;

/** What releasing no-shows would do now. */
export const NoShowPreview = z
  .object({
    /** People with a seat who have not come in. In a team only the absent members. */
    people: z.int(),
    /** Some of their names. */
    sample: z.array(z.string()),
    /** How many people on the waitlist would get a seat. */
    promoted: z.int(),
    startDate: Instant.nullable(),
    /** Whether the competition has begun: before, nobody can be released. */
    begun: z.boolean(),
    /** Doors that have not been in sync since the start: they may know people who are in. */
    doors: z.array(DoorNumbers),
  })
  .meta({ id: 'NoShowPreview' });
export type NoShowPreview = z.infer<typeof NoShowPreview>;

/** `withoutDoors` names each door of the preview: its unsent scans are not waited for. */
export const ReleaseNoShows = z
  .strictObject({
    withoutDoors: z
      .array(Id)
      .max(1_000)
      .default([])
      .transform((ids) => [...new Set(ids)]),
  })
  .meta({ id: 'ReleaseNoShows' });
export type ReleaseNoShows = z.infer<typeof ReleaseNoShows>;

/** The ticket of the signed-in person. */
export const MyTicket = z
  .object({
    competitionId: Id,
    registrationId: Id,
    userId: Id,
    /** The text of the QR code. */
    ticket: z.string(),
    /** Nine digits, to be found at the door without a camera. */
    number: z.string(),
    /** The QR code as SVG, black on white. */
    svg: z.string(),
    name: z.string(),
    team: z.string().nullable(),
    /** When the person came in. */
    checkedInAt: Instant.nullable(),
    competition: z.object({
      title: z.string(),
      location: z.string().nullable(),
      startDate: Instant.nullable(),
      endDate: Instant.nullable(),
    }),
  })
  .meta({ id: 'MyTicket' });
export type MyTicket = z.infer<typeof MyTicket>;
