import { ImageResponse } from 'next/og';
import { lookOf } from '@/components/competitions/catalog/status';
import { PICTURE, PICTURE_SEATS } from '@/components/seats/picture-colors';
import { SeatField } from '@/components/seats/seat-field';
import { formatInstant, seatsLeftText } from '@/lib/format';
import { readCompetition } from './competition';

export const size = { width: 1200, height: 630 };
export const contentType = 'image/png';
export const alt = 'The seats of this competition: which are taken and which are free';

type Props = { params: Promise<{ id: string }> };

/** The card that a shared link shows: the seats as they are when it is asked for. */
export default async function SocialCard({ params }: Props) {
  const competition = await readCompetition((await params).id);
  const { title, capacity, seatsLeft, status, startDate, location, organizer } = competition;
  const when = [startDate && formatInstant(startDate, 'full', 'UTC'), location].filter(Boolean).join(', ');
  const state =
    status === 'cancelled' ? 'Cancelled' : `${lookOf(status, competition).word}. ${seatsLeftText(seatsLeft, capacity)}`;
  return new ImageResponse(
    <div
      style={{
        display: 'flex',
        flexDirection: 'column',
        justifyContent: 'space-between',
        width: '100%',
        height: '100%',
        padding: '64px 60px',
        background: PICTURE.paper,
        color: PICTURE.ink,
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
        <div style={{ display: 'flex', marginTop: 20, fontSize: 30, color: PICTURE.muted }}>
          {when || `by ${organizer.name}`}
        </div>
      </div>
      <div style={{ display: 'flex', flexDirection: 'column' }}>
        <SeatField
          capacity={capacity}
          seatsLeft={status === 'cancelled' ? capacity : seatsLeft}
          size="picture"
          colors={PICTURE_SEATS}
          decorative
        />
        <div style={{ display: 'flex', justifyContent: 'space-between', marginTop: 28, fontSize: 34 }}>
          <div style={{ display: 'flex' }}>{state}</div>
          <div style={{ display: 'flex', color: PICTURE.muted }}>Mini Compete</div>
        </div>
      </div>
    </div>,
    { ...size, headers: { 'Cache-Control': 'public, max-age=60' } },
  );
}
