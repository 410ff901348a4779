import { ImageResponse } from 'next/og';
import { LOGO } from '@/components/seats/logo';
import { PICTURE_SEATS } from '@/components/seats/picture-colors';
import { SeatField } from '@/components/seats/seat-field';

export const size = { width: 48, height: 48 };
export const contentType = 'image/png';

export default function Icon() {
  return new ImageResponse(
    <div style={{ display: 'flex', width: '100%', height: '100%', alignItems: 'center', justifyContent: 'center' }}>
      <SeatField {...LOGO} size="icon" colors={PICTURE_SEATS} />
    </div>,
    size,
  );
}
