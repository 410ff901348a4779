import type { Competition, CreateCompetitionInput } from '@mini-compete/shared/competitions';

/** What stands in the fields: text, as typed. Dates are local, as the browser's own fields give them. */
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

const two = (amount: number) => String(amount).padStart(2, '0');

/** The instant as the organizer's own clock shows it; where a summer hour exists twice, the browser takes the first. */
export function toLocal(iso: string | null): string {
  if (!iso) return '';
  const date = new Date(iso);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** Empty is no date; half a date is passed on as it is, so that the schema refuses it beside its field. */
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
    // NaN is refused by the schema as "not a number", with its sentence beside the field.
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

/** A new competition closes in a week at six in the evening, unless somebody says otherwise. */
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

/** The fields in which two states differ, as the form shows them. */
export function differing(a: CompetitionValues, b: CompetitionValues): (keyof CompetitionValues)[] {
  return FIELDS.filter((field) =>
    field === 'tags'
      ? splitTags(a.tags).join() !== splitTags(b.tags).join()
      : String(a[field]).trim() !== String(b[field]).trim(),
  );
}

/** Date and place are what those who are in have to know about; a corrected word is not. */
export const TOLD_ABOUT: readonly (keyof CompetitionValues)[] = ['startDate', 'endDate', 'location'];
