'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import { Check } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { FormSummary } from '@/components/ui/form-summary';
import { Notice } from '@/components/ui/notice';
import { SECTION_FIELDS } from './competition-fields';
import { useDraft } from './draft';
import { DraftOffer } from './draft-offer';
import { EditConflict } from './edit-conflict';
import { FormSection } from './form-section';
import { FIELD_LABELS, SECTION_TEXTS, SECTION_TITLES, SECTIONS, type Section } from './form-values';
import { NotificationHint } from './notification-hint';
import { useSectionForm } from './section-form';
import { draftKey } from './stored-draft';

type Props = {
  section: Section;
  saved: Competition;
  accountId: string;
  /** Applications that are not decided. */
  applied: number;
  /** People with a registration of whatever status. */
  registered: number;
  onSaved: (competition: Competition) => void;
  onChanged: (isChanged: boolean) => void;
};

/** Some fields of a competition with a button that saves them, and nothing else. */
export function SettingsSection({ section, saved, accountId, applied, registered, onSaved, onChanged }: Props) {
  const t = useTexts('editing');
  const common = useTexts('common');
  const { form, values, original, changed, conflict, busy, failure, submit, resolve, discard } = useSectionForm(
    SECTIONS[section],
    saved,
    onSaved,
  );
  const [isSaved, setSaved] = useState(false);
  const draft = useDraft(draftKey(accountId, saved.id, section), SECTIONS[section], values, original);
  const isChanged = changed.length > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the callback is another function at each rendering
  useEffect(() => {
    onChanged(isChanged);
    if (isChanged) setSaved(false);
  }, [isChanged]);
  const finish = (isDone: boolean | undefined) => {
    if (!isDone) return;
    draft.clear();
    setSaved(true);
  };
  const { errors, submitCount } = form.formState;
  const fieldErrors = SECTIONS[section].flatMap((id) =>
    errors[id]?.message ? [{ id, label: t(FIELD_LABELS[id]), message: errors[id].message }] : [],
  );
  const Fields = SECTION_FIELDS[section];
  return (
    <FormSection id={section} title={t(SECTION_TITLES[section])} text={t(SECTION_TEXTS[section])}>
      {conflict ? (
        <EditConflict
          fields={conflict.fields}
          mine={conflict.mine}
          theirs={conflict.theirs}
          busy={busy}
          resolve={(merged) => void resolve(merged).then(finish)}
        />
      ) : (
        <form
          method="post"
          noValidate
          onSubmit={(event) => void submit(event).then(finish)}
          className="flex flex-col gap-5"
        >
          {draft.offered && (
            <DraftOffer
              savedAt={draft.offered.savedAt}
              restore={() => {
                for (const field of SECTIONS[section])
                  if (draft.offered) form.setValue(field, draft.offered.values[field]);
                draft.dismiss();
              }}
              discard={draft.clear}
            />
          )}
          <FormSummary fieldErrors={submitCount > 0 ? fieldErrors : []} />
          <Fields
            form={form}
            people={saved.capacity - saved.seatsLeft + saved.waiting}
            applied={applied}
            promotesUntil={saved.promotesUntil}
          />
          <NotificationHint people={registered} changed={changed} />
          {failure && <Notice tone="error" live="assertive" title={failure.titleWithDetail} />}
          <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
            <Button
              type="submit"
              tone={isChanged ? 'primary' : 'secondary'}
              busy={busy}
              inactive={!isChanged}
              aria-describedby={`${section}-title`}
            >
              {busy ? t('saving') : common('save')}
            </Button>
            {isChanged && (
              <Button
                tone="ghost"
                onClick={() => {
                  discard();
                  draft.clear();
                }}
              >
                {t('discard')}
              </Button>
            )}
            <p role="status" className="flex items-center gap-1.5 text-sm font-semibold text-success">
              {isSaved && (
                <>
                  <Check aria-hidden="true" className="size-4" />
                  {t('saved')}
                </>
              )}
            </p>
          </div>
        </form>
      )}
    </FormSection>
  );
}
