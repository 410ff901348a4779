import type { Cover } from '@mini-compete/shared/covers';
import { clsx } from 'clsx';
import { publicApiOrigin } from '@/lib/config';

type Props = {
  cover: Cover;
  /** How wide it is shown, as in the attribute of the same name: the browser takes the smallest file that is sharp there. */
  sizes: string;
  /** Visible at once: loaded before scripts and other pictures. */
  eager?: boolean;
  /** Beside the title it says nothing new, so that lists are not read out twice. */
  decorative?: boolean;
  className?: string;
};

/** The cover picture of a competition, in the shape that the API has cut it to. */
export function CoverImage({ cover, sizes, eager = false, decorative = false, className }: Props) {
  const largest = cover.sizes.at(-1);
  if (largest === undefined) return null;
  const from = (url: string) => `${publicApiOrigin}${url}`;
  return (
    // biome-ignore lint/performance/noImgElement: the API has made the sizes, and another server would make them again
    <img
      src={from(largest.url)}
      srcSet={cover.sizes.map(({ url, width }) => `${from(url)} ${width}w`).join(', ')}
      sizes={sizes}
      width={largest.width}
      height={largest.height}
      alt={decorative ? '' : cover.alt}
      loading={eager ? 'eager' : 'lazy'}
      {...(eager ? { fetchPriority: 'high' as const } : {})}
      decoding="async"
      className={clsx('block aspect-2/1 h-auto w-full border border-line bg-sunken object-cover', className)}
    />
  );
}
