import { Loading, Skeleton } from '@/components/ui/skeleton';

export function FormSkeleton() {
  return (
    <Loading label="Loading the form">
      <div className="grid gap-x-14 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex flex-col gap-6">
          {[
            ['title', 'h-11'],
            ['description', 'h-44'],
            ['tags', 'h-11'],
            ['seats', 'h-24'],
            ['times', 'h-44'],
          ].map(([part, height]) => (
            <div key={part} className="flex flex-col gap-2">
              <Skeleton className="h-4 w-24" />
              <Skeleton className={height ?? ''} />
            </div>
          ))}
        </div>
        <Skeleton className="h-80 max-lg:hidden" />
      </div>
    </Loading>
  );
}
