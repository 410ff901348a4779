'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import { InBrowser } from '@/components/ui/in-browser';
import { EditForm } from './edit-form';
import { FormSkeleton } from './form-skeleton';

export function EditFormInBrowser({ competition }: { competition: Competition }) {
  return <InBrowser fallback={<FormSkeleton />}>{() => <EditForm competition={competition} />}</InBrowser>;
}
