import { ImageResponse } from 'next/og';
import { LOGO } from '@/components/seats/logo';
import { PICTURE, PICTURE_SEATS } from '@/components/seats/picture-colors';
import { SeatField } from '@/components/seats/seat-field';

export const size = { width: 180, height: 180 };
export const contentType = 'image/png';

export default function AppleIcon() {
  return new ImageResponse(
    <div
      style={{
        display: 'flex',
        width: '100%',
        height: '100%',
        alignItems: 'center',
        justifyContent: 'center',
        background: PICTURE.paper,
      }}
    >
      <SeatField {...LOGO} size="touch" colors={PICTURE_SEATS} />
    </div>,
    size,
  );
}
