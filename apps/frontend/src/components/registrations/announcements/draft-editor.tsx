'use client';

import { type Announcement, type AnnouncementPreview, CreateAnnouncement } from '@mini-compete/shared/announcements';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTexts } from '#texts';
import { LeaveQuestion } from '@/components/competitions/editing/leave-question';
import { Button } from '@/components/ui/button';
import { FormSummary } from '@/components/ui/form-summary';
import { useToast } from '@/components/ui/toast';
import { createAnnouncement, previewAnnouncement, testAnnouncement, updateAnnouncement } from '@/lib/api/announcements';
import { call } from '@/lib/api/client';
import { useSchemaResolver } from '@/lib/forms/schema-resolver';
import { useSubmit } from '@/lib/forms/use-submit';
import { newIdempotencyKey } from '@/lib/idempotency-key';
import { DeleteDraft } from './delete-draft';
import type { DraftCompetition } from './draft-competition';
import { DraftFields } from './draft-fields';
import { type DraftValues, inputOf, valuesOf } from './draft-form';
import { PreviewPanel } from './preview-panel';

type Props = {
  competition: DraftCompetition;
  /** Null: a new one. */
  draft: Announcement | null;
  /** The preview opens with the page: it was asked for before the draft had an address. */
  startsWithPreview?: boolean;
};

type Saved = { id: string; version: number };

/** A draft, its test and its preview. What is previewed and sent is what is saved. Needs the texts of `announcements`, `questions` and `validation`. */
export function DraftEditor({ competition, draft, startsWithPreview = false }: Props) {
  const competitionId = competition.id;
  const t = useTexts('announcements');
  const router = useRouter();
  const toast = useToast();
  const [saved, setSaved] = useState<Saved | null>(draft);
  const [preview, setPreview] = useState<AnnouncementPreview | null>(null);
  const [step, setStep] = useState<'save' | 'test' | 'preview'>('save');
  const form = useForm<DraftValues>({
    resolver: useSchemaResolver(CreateAnnouncement, inputOf),
    defaultValues: valuesOf(draft),
  });
  const { isDirty } = form.formState;
  const { busy, failure, run } = useSubmit<DraftValues>({ setError: form.setError, fields: ['subject', 'body'] });
  /** For a retry of the same content. */
  const request = useRef({ content: '', key: '' });

  const save = async (values: DraftValues): Promise<Saved> => {
    if (saved !== null && !isDirty) return saved;
    const input = CreateAnnouncement.parse(inputOf(values));
    const content = JSON.stringify([saved, input]);
    if (request.current.content !== content) request.current = { content, key: newIdempotencyKey() };
    const { key } = request.current;
    const next =
      saved === null
        ? await createAnnouncement(call, competitionId, input, key)
        : await updateAnnouncement(call, competitionId, saved, input, key);
    setSaved(next);
    form.reset(values);
    return next;
  };
  const submit = (next: typeof step) =>
    form.handleSubmit((values) => {
      setStep(next);
      setPreview(null);
      return run(async () => {
        const { id } = await save(values);
        if (next === 'save') toast(t('form.saved'));
        if (next === 'test')
          toast(t('form.testSent', await testAnnouncement(call, competitionId, id, newIdempotencyKey())));
        if (draft === null)
          return router.replace(
            `/organize/${competitionId}/announcements/${id}${next === 'preview' ? '?preview=1' : ''}`,
          );
        if (next === 'preview') setPreview(await previewAnnouncement(call, competitionId, id));
      });
    });

  const hasStarted = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page opens
  useEffect(() => {
    if (!startsWithPreview || hasStarted.current) return;
    hasStarted.current = true;
    void submit('preview')();
  }, []);

  const isStale = failure?.code === 'VERSION_STALE';
  return (
    <div className="grid gap-x-14 gap-y-10 xl:grid-cols-[minmax(0,1fr)_27rem]">
      <form
        method="post"
        noValidate
        onSubmit={submit('preview')}
        // Sending what is not shown would be a surprise.
        onInput={() => setPreview(null)}
        onChange={() => setPreview(null)}
        className="flex max-w-3xl flex-col gap-6"
      >
        <LeaveQuestion when={isDirty && !busy} />
        <FormSummary failure={isStale ? t('form.changed') : failure?.titleWithDetail} />
        <DraftFields form={form} competition={competition} />
        <div className="flex flex-wrap gap-x-5 gap-y-3 border-t border-line pt-6 max-sm:flex-col">
          <Button type="submit" tone="primary" busy={busy && step === 'preview'}>
            {t('form.preview')}
          </Button>
          <Button busy={busy && step === 'save'} onClick={() => void submit('save')()}>
            {t('form.save')}
          </Button>
          <Button busy={busy && step === 'test'} onClick={() => void submit('test')()}>
            {t('form.test')}
          </Button>
          {draft !== null && <DeleteDraft competitionId={competitionId} id={draft.id} />}
        </div>
      </form>
      {saved !== null && preview !== null && (
        <PreviewPanel competitionId={competitionId} id={saved.id} preview={preview} onPage={form.getValues('onPage')} />
      )}
    </div>
  );
}
