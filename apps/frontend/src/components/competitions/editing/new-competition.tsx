'use client';

import type { ComponentProps } from 'react';
import { ClientOnly } from '@/components/ui/client-only';
import { CreateForm } from './create-form';
import { FormSkeleton } from './form-skeleton';

/** Rendered in the browser only: the default deadline is in the organizer's time zone, which the server may not know. */
export function NewCompetition(props: ComponentProps<typeof CreateForm>) {
  return <ClientOnly fallback={<FormSkeleton />}>{() => <CreateForm {...props} />}</ClientOnly>;
}
