import { ImageResponse } from 'next/og';
import { displayStatus } from '@/components/competitions/catalog/status';
import { IMAGE_COLORS, IMAGE_SEAT_COLORS } from '@/components/seats/image-colors';
import { SeatGrid } from '@/components/seats/seat-grid';
import { readPicture } from '@/lib/api/server';
import { getFormats, getTexts } from '@/lib/i18n/texts.server';
import { loadCompetition } from '../load-competition';
import { SOCIAL_CARD } from '../social-card';

type Context = { params: Promise<{ id: string }> };

/** The image for link previews, with the current seats. */
export async function GET(_request: Request, { params }: Context): Promise<ImageResponse> {
  const competition = await loadCompetition((await params).id);
  const { title, capacity, seatsLeft, status, startDate, location, organizer, cover, visibility } = competition;
  const [t, common, formats] = await Promise.all([getTexts('catalog'), getTexts('common'), getFormats()]);
  const when = [startDate && formats.instant(startDate, 'date'), location].filter(Boolean).join(', ');
  const label = common(displayStatus(status, competition).text);
  const state =
    status === 'cancelled' || status === 'closed' ? label : `${label} · ${formats.seatsLeft(seatsLeft, capacity)}`;
  // A shared cache must not keep what was rendered for staff.
  const headers = { 'Cache-Control': visibility === 'DRAFT' ? 'private, no-store' : 'public, max-age=60' };
  const options = { ...SOCIAL_CARD, headers };
  const picture = cover && (await readPicture(cover.jpeg.url));
  if (picture)
    return new ImageResponse(
      <CardWithCover
        picture={picture}
        title={title}
        when={when || t('card.by', { name: organizer.name })}
        state={state}
      />,
      options,
    );
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
    options,
  );
}

/** The upper part of the picture, and below it what decides whether a reader follows the link. */
function CardWithCover({ picture, title, when, state }: Record<'picture' | 'title' | 'when' | 'state', string>) {
  return (
    <div
      style={{
        display: 'flex',
        flexDirection: 'column',
        width: '100%',
        height: '100%',
        background: IMAGE_COLORS.paper,
        color: IMAGE_COLORS.ink,
      }}
    >
      {/* biome-ignore lint/performance/noImgElement: this is drawn into an image */}
      <img src={picture} alt="" width={1200} height={370} style={{ objectFit: 'cover' }} />
      <div
        style={{
          display: 'flex',
          flexDirection: 'column',
          justifyContent: 'space-between',
          flexGrow: 1,
          padding: '30px 60px 34px',
        }}
      >
        <div style={{ display: 'flex', flexDirection: 'column' }}>
          <div
            style={{
              display: 'block',
              lineClamp: 2,
              fontSize: title.length > 40 ? 44 : 58,
              lineHeight: 1.1,
              letterSpacing: -1.5,
            }}
          >
            {title}
          </div>
          <div style={{ display: 'flex', marginTop: 10, fontSize: 28, color: IMAGE_COLORS.muted }}>{when}</div>
        </div>
        <div style={{ display: 'flex', justifyContent: 'space-between', fontSize: 28 }}>
          <div style={{ display: 'flex' }}>{state}</div>
          <div style={{ display: 'flex', color: IMAGE_COLORS.muted }}>Mini Compete</div>
        </div>
      </div>
    </div>
  );
}
