'use client';

import { SEAT_UNITS } from '@mini-compete/shared/team-rules';
import { VISIBILITIES } from '@mini-compete/shared/visibility';
import { z } from 'zod';
import { type CompetitionValues, changedFields, type FieldName } from './form-values';
import { useStoredDraft } from './stored-draft';

const text = z.string().max(50_000);
export const CompetitionDraft = z.object({
  title: text,
  tags: text,
  capacity: text,
  waitlist: z.boolean(),
  regOpensAt: text,
  regDeadline: text,
  startDate: text,
  endDate: text,
  location: text,
  description: text,
  // What the previous version has stored has none.
  visibility: z.enum(VISIBILITIES).default('DRAFT'),
  admissionMode: z.enum(['FIRST_COME', 'APPROVAL']).default('FIRST_COME'),
  decisionsBy: text.default(''),
  confirmWithinHours: text.default(''),
  promoteUntil: text.default(''),
  participants: z.enum(['PERSONS', 'TEAMS']).default('PERSONS'),
  teamMin: text.default(''),
  teamMax: text.default(''),
  seatUnit: z.enum(SEAT_UNITS).default('PERSON'),
  teamsLockAt: text.default(''),
});

/** The draft of a form of these fields, while they differ from `base`. */
export function useDraft(
  key: string,
  fields: readonly FieldName[],
  values: CompetitionValues,
  base: CompetitionValues,
) {
  const differs = (some: CompetitionValues) => changedFields(some, base).some((field) => fields.includes(field));
  return useStoredDraft(key, CompetitionDraft, values, { isChanged: differs(values), isWorthOffering: differs });
}
