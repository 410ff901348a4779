import { useTexts } from '#texts';
import { Loading, Skeleton } from '@/components/ui/skeleton';

export default function AdminLoading() {
  const t = useTexts('console');
  return (
    <Loading label={t('integrity.loading')}>
      <Skeleton className="h-9 w-32" />
      <Skeleton className="mt-10 h-24" />
      <div className="mt-8 grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {['a', 'b', 'c', 'd', 'e'].map((key) => (
          <Skeleton key={key} className="h-36" />
        ))}
      </div>
    </Loading>
  );
}
