import { ImageResponse } from 'next/og';
import { IMAGE_COLORS, IMAGE_SEAT_COLORS } from '@/components/seats/image-colors';
import { LOGO } from '@/components/seats/logo';
import { SeatGrid } from '@/components/seats/seat-grid';

const SIZES = { '192': 'app', '512': 'appLarge' } as const;

/** The icon of an installed page. A day in caches: it changes with a release at most. */
export async function GET(_request: Request, { params }: { params: Promise<{ size: string }> }): Promise<Response> {
  const { size } = await params;
  const grid = SIZES[size as keyof typeof SIZES];
  if (grid === undefined) return new Response(null, { status: 404 });
  return new ImageResponse(
    <div
      style={{
        display: 'flex',
        width: '100%',
        height: '100%',
        alignItems: 'center',
        justifyContent: 'center',
        background: IMAGE_COLORS.paper,
      }}
    >
      <SeatGrid {...LOGO} size={grid} colors={IMAGE_SEAT_COLORS} />
    </div>,
    { width: Number(size), height: Number(size), headers: { 'cache-control': 'public, max-age=86400' } },
  );
}
