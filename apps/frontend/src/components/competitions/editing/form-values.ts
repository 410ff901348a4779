import type { Competition, CreateCompetitionInput } from '@mini-compete/shared/competitions';

/** The values of the form fields, as typed. Dates are local, in the format of `datetime-local` inputs. */
export type CompetitionValues = {
  title: string;
  description: string;
  tags: string;
  capacity: string;
  regOpensAt: string;
  regDeadline: string;
  startDate: string;
  endDate: string;
  location: string;
  waitlist: boolean;
};

export const FIELD_LABELS: Record<keyof CompetitionValues, string> = {
  title: 'Title',
  description: 'Description',
  tags: 'Tags',
  capacity: 'Seats',
  regOpensAt: 'Registration opens',
  regDeadline: 'Registration closes',
  startDate: 'Starts',
  endDate: 'Ends',
  location: 'Place',
  waitlist: 'Waiting list',
};

export const FIELDS = Object.keys(FIELD_LABELS) as (keyof CompetitionValues)[];

const pad2 = (amount: number) => String(amount).padStart(2, '0');

/** The instant in local time. In the hour that daylight saving time repeats, the browser takes the first one. */
export function toLocal(iso: string | null): string {
  if (!iso) return '';
  const date = new Date(iso);
  return `${date.getFullYear()}-${pad2(date.getMonth() + 1)}-${pad2(date.getDate())}T${pad2(date.getHours())}:${pad2(date.getMinutes())}`;
}

/** Null for an empty field. An incomplete date is returned as it is, so that the schema rejects it beside its field. */
function toInstant(local: string): string | null {
  if (local === '') return null;
  const date = new Date(local);
  return Number.isNaN(date.getTime()) ? local : date.toISOString();
}

export function splitTags(text: string): string[] {
  return [
    ...new Set(
      text
        .toLowerCase()
        .split(/[\s,;]+/)
        .filter(Boolean),
    ),
  ];
}

export function toBody(values: CompetitionValues): CreateCompetitionInput {
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
  };
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
  };
}

/** The defaults: 30 seats, closing in a week at 18:00. */
export function newCompetition(now: Date): CompetitionValues {
  const inAWeek = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 7, 18);
  return {
    title: '',
    description: '',
    tags: '',
    capacity: '30',
    regOpensAt: '',
    regDeadline: toLocal(inAWeek.toISOString()),
    startDate: '',
    endDate: '',
    location: '',
    waitlist: true,
  };
}

/** The fields with different values, ignoring differences that the API ignores. */
export function changedFields(a: CompetitionValues, b: CompetitionValues): (keyof CompetitionValues)[] {
  return FIELDS.filter((field) =>
    field === 'tags'
      ? splitTags(a.tags).join() !== splitTags(b.tags).join()
      : String(a[field]).trim() !== String(b[field]).trim(),
  );
}

/** People with a registration get a message about changes of date and place, not of other fields. */
export const NOTIFIED_FIELDS: readonly (keyof CompetitionValues)[] = ['startDate', 'endDate', 'location'];
