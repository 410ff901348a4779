'use client';

import { CircleAlert } from 'lucide-react';
import { useTexts } from '#texts';
import { CheckboxRow } from '@/components/ui/input';
import { NativeInput } from '@/components/ui/native';
import { AnswerFilterField } from './answer-filter-field';
import { type AudienceGroup, audienceGroups } from './audience';
import type { DraftCompetition } from './draft-competition';
import type { AudienceValues, DraftForm } from './draft-form';
import { TeamFilterField } from './team-filter-field';

type Props = { form: DraftForm; competition: DraftCompetition };

const CHECK_INS = [
  { checkedIn: null, text: 'audience.anybody' },
  { checkedIn: true, text: 'audience.checkedIn' },
  { checkedIn: false, text: 'audience.notCheckedIn' },
] as const;

/** Everyone is a choice of its own: no box ticked is nobody yet. */
export function AudienceField({ form: { watch, setValue, formState }, competition }: Props) {
  const t = useTexts('announcements');
  const audience = watch('audience');
  const { isEveryone, groups, answers, teams, checkedIn } = audience;
  const { id, questions, teamMax, teams: known } = competition;
  const change = (changes: Partial<AudienceValues>) =>
    setValue('audience', { ...audience, ...changes }, { shouldDirty: true, shouldValidate: formState.isSubmitted });
  const toggle = (group: AudienceGroup) =>
    change({
      groups: groups.includes(group) ? groups.filter((other) => other !== group) : [...groups, group],
    });
  const isMissing = formState.errors.audience !== undefined;
  return (
    <fieldset aria-describedby={isMissing ? 'announcement-audience-error' : undefined}>
      <legend className="text-sm font-semibold">{t('form.audience')}</legend>
      <div className="mt-1 flex flex-col">
        {[true, false].map((everyone) => (
          <label key={String(everyone)} className="flex min-h-11 items-center gap-3">
            <NativeInput
              type="radio"
              name="announcement-everyone"
              className="size-5 shrink-0"
              checked={isEveryone === everyone}
              onChange={() => change({ isEveryone: everyone })}
            />
            {t(everyone ? 'audience.everyone' : 'audience.some')}
          </label>
        ))}
      </div>
      {!isEveryone && (
        <div className="ms-2.5 border-s-2 border-line ps-5">
          <fieldset>
            <legend className="sr-only">{t('audience.groups')}</legend>
            {audienceGroups(teamMax !== null, groups).map((group) => (
              <CheckboxRow
                key={group}
                id={`announcement-to-${group}`}
                checked={groups.includes(group)}
                onChange={() => toggle(group)}
              >
                {t(`audience.${group}`)}
              </CheckboxRow>
            ))}
          </fieldset>
          <fieldset className="mt-4 border-t border-line pt-4">
            <legend className="float-start w-full text-sm font-semibold">{t('audience.checkIn')}</legend>
            <div className="clear-both">
              {CHECK_INS.map((choice) => (
                <label key={choice.text} className="flex min-h-11 items-center gap-3">
                  <NativeInput
                    type="radio"
                    name="announcement-checked-in"
                    className="size-5 shrink-0"
                    checked={checkedIn === choice.checkedIn}
                    onChange={() => change({ checkedIn: choice.checkedIn })}
                  />
                  {t(choice.text)}
                </label>
              ))}
            </div>
          </fieldset>
          {(teamMax !== null || teams.length > 0) && (
            <TeamFilterField
              competitionId={id}
              known={known}
              chosen={teams}
              onChange={(next) => change({ teams: next })}
            />
          )}
          <AnswerFilterField questions={questions} filters={answers} onChange={(next) => change({ answers: next })} />
        </div>
      )}
      {isMissing && (
        <p id="announcement-audience-error" className="mt-1.5 flex items-start gap-1.5 text-sm text-error">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          {t('form.audienceMissing')}
        </p>
      )}
    </fieldset>
  );
}
