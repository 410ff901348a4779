'use client';

import { describeIssue } from '@mini-compete/messages/describe-issue';
import { CreateCompetition, dateErrors, teamErrors } from '@mini-compete/shared/competitions';
import type { ValidationRule } from '@mini-compete/shared/validation-rules';
import { useMemo } from 'react';
import { type FieldErrors, type Resolver, type UseFormReturn, useForm } from 'react-hook-form';
import { useTexts } from '#texts';
import { type CompetitionValues, type FieldName, toBody } from './form-values';

export type CompetitionForm = UseFormReturn<CompetitionValues>;

type Translate = ReturnType<typeof useTexts<'validation'>>;

/** A form of some fields of a competition. Whatever is wrong in them is shown at once. */
export function useCompetitionForm(
  defaultValues: CompetitionValues,
  fields: readonly FieldName[],
  options: { isNew: boolean },
): CompetitionForm {
  const t = useTexts('validation');
  const resolver = useMemo<Resolver<CompetitionValues>>(() => {
    return (values) => {
      const all = validate(values, options.isNew, t, Date.now());
      const errors = errorsIn(fields, all, values);
      return Object.keys(errors).length === 0
        ? { values, errors: {} }
        : { values: {}, errors: errors as FieldErrors<CompetitionValues> };
    };
  }, [t, fields, options.isNew]);
  return useForm<CompetitionValues>({
    resolver,
    defaultValues,
    mode: 'onTouched',
    // An error that appears on blur would move the button between mouse down and mouse up, and the click would be lost.
    delayError: 400,
  });
}

/**
 * Those of the form's own fields. What a field of another section lacks because of this one is shown beside the field that
 * causes it: an error that is nowhere to be seen would leave a button that does nothing.
 */
export function errorsIn(fields: readonly FieldName[], all: Errors, values: CompetitionValues): Errors {
  const causes: Partial<Record<FieldName, readonly FieldName[]>> = {
    startDate: [
      ...(values.participants === 'TEAMS' ? (['participants'] as const) : []),
      ...(values.admissionMode === 'APPROVAL' ? (['admissionMode'] as const) : []),
      ...(values.confirmWithinHours.trim() ? (['confirmWithinHours'] as const) : []),
    ],
    promoteUntil: ['regDeadline'],
    teamsLockAt: ['startDate'],
    capacity: ['teamMax'],
    teamMax: ['capacity'],
  };
  const errors: Errors = {};
  for (const [field, error] of Object.entries(all) as [FieldName, Errors[FieldName]][]) {
    const shown = fields.includes(field) ? field : causes[field]?.find((cause) => fields.includes(cause));
    if (shown && error && fields.includes(shown)) errors[shown] ??= error;
  }
  return errors;
}

type Errors = Partial<Record<FieldName, { type: string; message: string }>>;

/**
 * The first error of each field. Zod checks the order of the dates only when every field is valid, and the server the
 * deadline only after that: together they would come in three rounds.
 */
export function validate(values: CompetitionValues, isNew: boolean, t: Translate, now: number): Errors {
  const body = toBody(values);
  const errors: Errors = {};
  const result = CreateCompetition.safeParse(body, { error: describeIssue(t) });
  for (const { path, code, message } of result.error?.issues ?? [])
    errors[path[0] as FieldName] ??= { type: code, message };
  const addRule = (field: FieldName, rule: ValidationRule) => {
    errors[field] ??= { type: 'custom', message: t(`rule.${rule}`) };
  };
  const validDate = (field: 'regOpensAt' | 'regDeadline' | 'startDate' | 'endDate' | 'promoteUntil' | 'teamsLockAt') =>
    errors[field] ? null : (body[field] ?? null);
  const dates = {
    regOpensAt: validDate('regOpensAt'),
    regDeadline: validDate('regDeadline'),
    startDate: validDate('startDate'),
    endDate: validDate('endDate'),
    promoteUntil: validDate('promoteUntil'),
    teamsLockAt: validDate('teamsLockAt'),
    teamMax: errors.teamMax ? null : (body.teamMax ?? null),
    admissionMode: values.admissionMode,
    confirmWithinHours: errors.confirmWithinHours ? null : (body.confirmWithinHours ?? null),
  };
  // A start that is no date is an error already, and no reason to ask for a start.
  const startIsMissing = body.startDate === null;
  for (const { path, rule } of dateErrors(dates))
    if ((rule !== 'endNeedsStart' && rule !== 'startNeeded') || startIsMissing) addRule(path, rule);
  const { teamMin = null, teamMax = null, seatUnit = 'PERSON', capacity } = body;
  // Sizes that are no sizes cannot be compared.
  if (!errors.teamMin && !errors.teamMax)
    for (const { path, rule } of teamErrors({ teamMin, teamMax, seatUnit, capacity })) addRule(path, rule);
  if (isNew && dates.regDeadline && Date.parse(dates.regDeadline) <= now) addRule('regDeadline', 'deadlineInFuture');
  return errors;
}
