'use client';

import { useFormats, useTexts } from '#texts';
import { Notice } from '@/components/ui/notice';
import { FIELD_LABELS, type FieldName, NOTIFIED_FIELDS } from './form-values';

type Props = { people: number; changed: readonly FieldName[] };

/** Before saving what people get a message about: how many they are. */
export function NotificationHint({ people, changed }: Props) {
  const t = useTexts('editing');
  const { list } = useFormats();
  const notified = changed.filter((field) => NOTIFIED_FIELDS.includes(field));
  if (notified.length === 0 || people === 0) return null;
  return (
    <Notice tone="warning" live="polite" title={t('notifies.title', { count: people })}>
      {t('notifies.text', { fields: list(notified.map((field) => t(FIELD_LABELS[field]))) })}
    </Notice>
  );
}
