import { useTexts } from '#texts';
import { Loading, Skeleton } from '@/components/ui/skeleton';

export default function JobsLoading() {
  const t = useTexts('console');
  return (
    <Loading label={t('loading')}>
      <Skeleton className="h-9 w-32" />
      <Skeleton className="mt-10 h-40" />
      <Skeleton className="mt-8 h-40" />
    </Loading>
  );
}
