'use client';

import { useFormats, useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';

/** Above a form that was left half-filled. */
export function DraftOffer({
  savedAt,
  restore,
  discard,
}: {
  savedAt: string;
  restore: () => void;
  discard: () => void;
}) {
  const t = useTexts('editing');
  const { instant } = useFormats();
  return (
    <Notice tone="accent" live="polite" title={t('draft.title')}>
      <p>{t('draft.text', { when: instant(savedAt, 'short') })}</p>
      <div className="mt-3 flex flex-wrap gap-x-5 gap-y-3">
        <Button size="sm" onClick={restore}>
          {t('draft.restore')}
        </Button>
        <Button size="sm" tone="ghost" onClick={discard}>
          {t('draft.discard')}
        </Button>
      </div>
    </Notice>
  );
}
