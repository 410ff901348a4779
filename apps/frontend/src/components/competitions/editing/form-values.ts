import type { Competition, CreateCompetitionInput } from '@mini-compete/shared/competitions';
import type { AdmissionMode, SeatUnit } from '@mini-compete/shared/seats';
import type { Visibility } from '@mini-compete/shared/visibility';

/** The values of the form fields. Dates are local, `2026-12-01T14:00`, or as typed while they are no date. */
export type CompetitionValues = {
  title: string;
  tags: string;
  capacity: string;
  waitlist: boolean;
  regOpensAt: string;
  regDeadline: string;
  startDate: string;
  endDate: string;
  location: string;
  description: string;
  visibility: Visibility;
  admissionMode: AdmissionMode;
  decisionsBy: string;
  /** Empty: nobody has to confirm. */
  confirmWithinHours: string;
  promoteUntil: string;
  /** The API has no such field: without sizes of teams, a competition is for persons. */
  participants: 'PERSONS' | 'TEAMS';
  teamMin: string;
  teamMax: string;
  seatUnit: SeatUnit;
  teamsLockAt: string;
};
export type FieldName = keyof CompetitionValues;

/** The sections of the settings, each of which is saved by itself. */
export const SECTIONS = {
  basics: ['title', 'tags'],
  teams: ['participants', 'teamMin', 'teamMax', 'seatUnit', 'teamsLockAt'],
  seats: ['capacity', 'waitlist'],
  dates: ['regOpensAt', 'regDeadline', 'startDate', 'endDate'],
  admission: ['admissionMode', 'decisionsBy', 'confirmWithinHours', 'promoteUntil'],
  about: ['location', 'description'],
  visibility: ['visibility'],
} as const satisfies Record<string, readonly FieldName[]>;
export type Section = keyof typeof SECTIONS;

/** Keys of the namespace `editing`. */
export const SECTION_TITLES = {
  basics: 'sections.basics',
  teams: 'sections.teams',
  seats: 'sections.seats',
  dates: 'sections.dates',
  admission: 'sections.admission',
  about: 'sections.about',
  visibility: 'sections.visibility',
} as const satisfies Record<Section, string>;
export const SECTION_TEXTS = {
  basics: 'sectionTexts.basics',
  teams: 'sectionTexts.teams',
  seats: 'sectionTexts.seats',
  dates: 'sectionTexts.dates',
  admission: 'sectionTexts.admission',
  about: 'sectionTexts.about',
  visibility: 'sectionTexts.visibility',
} as const satisfies Record<Section, string>;

export const FIELDS: readonly FieldName[] = Object.values(SECTIONS).flat();

/** Keys of the namespace `editing`. */
export const FIELD_LABELS = {
  title: 'fields.title',
  tags: 'fields.tags',
  capacity: 'fields.capacity',
  waitlist: 'fields.waitlist',
  regOpensAt: 'fields.regOpensAt',
  regDeadline: 'fields.regDeadline',
  startDate: 'fields.startDate',
  endDate: 'fields.endDate',
  location: 'fields.location',
  description: 'fields.description',
  visibility: 'fields.visibility',
  admissionMode: 'fields.admissionMode',
  decisionsBy: 'fields.decisionsBy',
  confirmWithinHours: 'fields.confirmWithinHours',
  promoteUntil: 'fields.promoteUntil',
  participants: 'fields.participants',
  teamMin: 'fields.teamMin',
  teamMax: 'fields.teamMax',
  seatUnit: 'fields.seatUnit',
  teamsLockAt: 'fields.teamsLockAt',
} as const satisfies Record<FieldName, string>;

const pad2 = (amount: number) => String(amount).padStart(2, '0');

/** The instant in local time. In the hour that daylight saving time repeats, the browser takes the first one. */
export function toLocal(iso: string | null): string {
  if (!iso) return '';
  const date = new Date(iso);
  return `${date.getFullYear()}-${pad2(date.getMonth() + 1)}-${pad2(date.getDate())}T${pad2(date.getHours())}:${pad2(date.getMinutes())}`;
}

/** Null for an empty field. What is no date and time is returned as it is, so that the schema rejects it beside its field. */
export function toInstant(local: string): string | null {
  if (local === '') return null;
  const date = new Date(local);
  const isComplete = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(local) && !Number.isNaN(date.getTime());
  return isComplete ? date.toISOString() : local;
}

export function splitTags(text: string): string[] {
  return [
    ...new Set(
      text
        .toLowerCase()
        .split(/[\s,;،]+/)
        .filter(Boolean),
    ),
  ];
}

export function toBody(values: CompetitionValues): CreateCompetitionInput {
  const forTeams = values.participants === 'TEAMS';
  const capacity = values.capacity.replace(/[\s,.’']/g, '');
  return {
    title: values.title,
    description: values.description,
    tags: splitTags(values.tags),
    // The schema rejects NaN beside the field.
    capacity: /^\d+$/.test(capacity) ? Number(capacity) : Number.NaN,
    regOpensAt: toInstant(values.regOpensAt),
    regDeadline: toInstant(values.regDeadline) ?? '',
    startDate: toInstant(values.startDate),
    endDate: toInstant(values.endDate),
    location: values.location.trim() || null,
    waitlist: values.waitlist,
    visibility: values.visibility,
    admissionMode: values.admissionMode,
    // Not shown otherwise, so nothing in it can be an error.
    decisionsBy: values.admissionMode === 'APPROVAL' ? toInstant(values.decisionsBy) : null,
    confirmWithinHours: toWhole(values.confirmWithinHours),
    promoteUntil: toInstant(values.promoteUntil),
    // The schema rejects NaN beside the field: an empty one would make it a competition for persons.
    teamMin: forTeams ? (toWhole(values.teamMin) ?? Number.NaN) : null,
    teamMax: forTeams ? (toWhole(values.teamMax) ?? Number.NaN) : null,
    seatUnit: forTeams ? values.seatUnit : 'PERSON',
    teamsLockAt: forTeams ? toInstant(values.teamsLockAt) : null,
  };
}

/** The fields of the request that the fields of the form say. */
export const bodyFields = (fields: readonly FieldName[]): (keyof CreateCompetitionInput)[] =>
  fields.flatMap((field) =>
    field === 'participants' ? (['teamMin', 'teamMax', 'seatUnit', 'teamsLockAt'] as const) : field,
  );

/** Null for an empty field. The schema rejects NaN beside the field. */
function toWhole(text: string): number | null {
  const digits = text.trim();
  if (digits === '') return null;
  return /^\d+$/.test(digits) ? Number(digits) : Number.NaN;
}

export function fromCompetition(competition: Competition): CompetitionValues {
  return {
    title: competition.title,
    description: competition.description,
    tags: competition.tags.join(', '),
    capacity: String(competition.capacity),
    regOpensAt: toLocal(competition.regOpensAt),
    regDeadline: toLocal(competition.regDeadline),
    startDate: toLocal(competition.startDate),
    endDate: toLocal(competition.endDate),
    location: competition.location ?? '',
    waitlist: competition.waitlist,
    visibility: competition.visibility,
    admissionMode: competition.admissionMode,
    decisionsBy: toLocal(competition.decisionsBy),
    confirmWithinHours: String(competition.confirmWithinHours ?? ''),
    promoteUntil: toLocal(competition.promoteUntil),
    participants: typeof competition.teamMax === 'number' ? 'TEAMS' : 'PERSONS',
    teamMin: String(competition.teamMin ?? ''),
    teamMax: String(competition.teamMax ?? ''),
    seatUnit: competition.seatUnit ?? 'PERSON',
    teamsLockAt: toLocal(competition.teamsLockAt ?? null),
  };
}

/** The defaults: a draft of 30 seats, closing in a week at 18:00. A copy takes over all but the dates, which have passed. */
export function newCompetition(now: Date, original?: Competition): CompetitionValues {
  const inAWeek = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 7, 18);
  return {
    title: '',
    description: '',
    tags: '',
    capacity: '30',
    location: '',
    waitlist: true,
    admissionMode: 'FIRST_COME',
    confirmWithinHours: '',
    participants: 'PERSONS',
    teamMin: '',
    teamMax: '',
    seatUnit: 'PERSON',
    ...(original && fromCompetition(original)),
    regOpensAt: '',
    regDeadline: toLocal(inAWeek.toISOString()),
    startDate: '',
    endDate: '',
    decisionsBy: '',
    promoteUntil: '',
    teamsLockAt: '',
    visibility: 'DRAFT',
  };
}

/** The fields with different values, ignoring differences that the API ignores. */
export function changedFields(a: CompetitionValues, b: CompetitionValues): FieldName[] {
  return FIELDS.filter((field) =>
    field === 'tags'
      ? splitTags(a.tags).join() !== splitTags(b.tags).join()
      : String(a[field]).trim() !== String(b[field]).trim(),
  );
}

/** What both sides have changed since `base`, in different ways. A field that only one side has changed is no conflict. */
export function conflictingFields(
  base: CompetitionValues,
  mine: CompetitionValues,
  theirs: CompetitionValues,
): FieldName[] {
  const [myChanges, theirChanges] = [changedFields(mine, base), changedFields(theirs, base)];
  return changedFields(mine, theirs).filter((field) => myChanges.includes(field) && theirChanges.includes(field));
}

/** People with a registration get a message about changes of date and place, not of other fields. */
export const NOTIFIED_FIELDS: readonly FieldName[] = ['startDate', 'endDate', 'location'];
