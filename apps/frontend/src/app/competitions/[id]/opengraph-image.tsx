import { ImageResponse } from 'next/og';
import { displayStatus } from '@/components/competitions/catalog/status';
import { IMAGE_COLORS, IMAGE_SEAT_COLORS } from '@/components/seats/image-colors';
import { SeatGrid } from '@/components/seats/seat-grid';
import { getFormats, getTexts } from '@/lib/i18n/texts.server';
import { loadCompetition } from './load-competition';

export const size = { width: 1200, height: 630 };
export const contentType = 'image/png';
export const alt = 'The seats of this competition: which are taken and which are free';

type Props = { params: Promise<{ id: string }> };

/** The image for link previews, with the current seats. */
export default async function SocialCard({ params }: Props) {
  const competition = await loadCompetition((await params).id);
  const { title, capacity, seatsLeft, status, startDate, location, organizer } = competition;
  const [t, common, formats] = await Promise.all([getTexts('catalog'), getTexts('common'), getFormats()]);
  const when = [startDate && formats.instant(startDate, 'date'), location].filter(Boolean).join(', ');
  const label = common(displayStatus(status, competition).text);
  const state =
    status === 'cancelled' || status === 'closed' ? label : `${label} · ${formats.seatsLeft(seatsLeft, capacity)}`;
  return new ImageResponse(
    <div
      style={{
        display: 'flex',
        flexDirection: 'column',
        justifyContent: 'space-between',
        width: '100%',
        height: '100%',
        padding: '64px 60px',
        background: IMAGE_COLORS.paper,
        color: IMAGE_COLORS.ink,
      }}
    >
      <div style={{ display: 'flex', flexDirection: 'column' }}>
        <div
          style={{
            display: 'flex',
            fontSize: title.length > 60 ? 56 : 76,
            lineHeight: 1.08,
            letterSpacing: -2,
            maxHeight: 250,
            overflow: 'hidden',
          }}
        >
          {title}
        </div>
        <div style={{ display: 'flex', marginTop: 20, fontSize: 30, color: IMAGE_COLORS.muted }}>
          {when || t('card.by', { name: organizer.name })}
        </div>
      </div>
      <div style={{ display: 'flex', flexDirection: 'column' }}>
        <SeatGrid
          capacity={capacity}
          seatsLeft={status === 'cancelled' ? capacity : seatsLeft}
          size="social"
          colors={IMAGE_SEAT_COLORS}
        />
        <div style={{ display: 'flex', justifyContent: 'space-between', marginTop: 28, fontSize: 34 }}>
          <div style={{ display: 'flex' }}>{state}</div>
          <div style={{ display: 'flex', color: IMAGE_COLORS.muted }}>Mini Compete</div>
        </div>
      </div>
    </div>,
    { ...size, headers: { 'Cache-Control': 'public, max-age=60' } },
  );
}
