import { useTexts } from '#texts';
import { Loading, Skeleton } from '@/components/ui/skeleton';

const PARTS = [
  ['title', 'h-11'],
  ['tags', 'h-11'],
  ['seats', 'h-24'],
  ['dates', 'h-44'],
  ['description', 'h-44'],
] as const;

export function FormSkeleton() {
  const t = useTexts('common');
  return (
    <Loading label={t('loading')}>
      <div className="flex max-w-2xl flex-col gap-6">
        {PARTS.map(([part, height]) => (
          <div key={part} className="flex flex-col gap-2">
            <Skeleton className="h-4 w-24" />
            <Skeleton className={height} />
          </div>
        ))}
      </div>
    </Loading>
  );
}
