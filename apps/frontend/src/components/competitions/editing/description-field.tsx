'use client';

import { useEffect, useState } from 'react';
import { useTexts } from '#texts';
import { Description } from '@/components/competitions/catalog/description';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/input';
import { call } from '@/lib/api/client';
import { previewDescription } from '@/lib/api/competitions';
import { useSubmit } from '@/lib/forms/use-submit';
import type { CompetitionForm } from './competition-form';

/** Markdown, and how the competition's page will show it: the API renders both. */
export function DescriptionField({ form: { register, formState, watch } }: { form: CompetitionForm }) {
  const t = useTexts('editing');
  const [isPreview, setIsPreview] = useState(false);
  const text = watch('description');
  return (
    <div>
      <Field
        id="description"
        label={t('fields.description')}
        optional
        help={t('help.description')}
        error={formState.errors.description?.message}
        className={isPreview ? 'hidden' : ''}
      >
        {(control) => (
          <Textarea {...control} {...register('description')} className="[unicode-bidi:plaintext]" rows={9} />
        )}
      </Field>
      {isPreview && (
        <>
          <p className="mb-1.5 text-sm font-semibold">{t('fields.description')}</p>
          <Preview text={text} />
        </>
      )}
      <Button size="sm" className="mt-2" aria-pressed={isPreview} onClick={() => setIsPreview(!isPreview)}>
        {t('preview.description')}
      </Button>
    </div>
  );
}

function Preview({ text }: { text: string }) {
  const t = useTexts('editing');
  const common = useTexts('common');
  const { failure, run } = useSubmit();
  const [html, setHtml] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `run` is another function at each rendering
  useEffect(() => {
    let isCurrent = true;
    void run(async () => {
      const { descriptionHtml } = await previewDescription(call, text);
      if (isCurrent) setHtml(descriptionHtml);
    });
    return () => {
      isCurrent = false;
    };
  }, [text]);
  return (
    <div aria-live="polite" className="min-h-40 rounded-md border border-line bg-raised p-4">
      {failure ? (
        <p className="text-error">{failure.title}</p>
      ) : text.trim() === '' ? (
        <p className="text-muted">{t('preview.noDescription')}</p>
      ) : html === null ? (
        <p className="text-muted">{common('loading')}</p>
      ) : (
        <Description html={html} />
      )}
    </div>
  );
}
