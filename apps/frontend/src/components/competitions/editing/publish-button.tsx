'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import { useRouter } from 'next/navigation';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { call } from '@/lib/api/client';
import { updateCompetition } from '@/lib/api/competitions';
import { isApiError } from '@/lib/api/problem';
import { useSubmit } from '@/lib/forms/use-submit';

/** Publishes a draft, then leads to where it can be shared. */
export function PublishButton({ id, version }: Pick<Competition, 'id' | 'version'>) {
  const t = useTexts('organizing');
  const router = useRouter();
  const { busy, failure, run } = useSubmit();
  const publish = async () => {
    const changes = { visibility: 'PUBLIC' } as const;
    try {
      await updateCompetition(call, id, version, changes);
    } catch (error) {
      if (!isApiError(error, 'VERSION_STALE')) throw error;
      // Another person has edited it meanwhile, which is no conflict with publishing.
      await updateCompetition(call, id, (error.problem.current as Competition).version, changes);
    }
    router.push(`/organize/${id}?created=1`);
    router.refresh();
  };
  return (
    <>
      <Button tone="primary" size="sm" busy={busy} onClick={() => void run(publish)}>
        {t(busy ? 'manage.draft.publishing' : 'manage.draft.publish')}
      </Button>
      {failure && (
        <p role="alert" className="w-full font-semibold text-error">
          {failure.titleWithDetail}
        </p>
      )}
    </>
  );
}
