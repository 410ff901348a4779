import { ImageResponse } from 'next/og';
import { IMAGE_SEAT_COLORS } from '@/components/seats/image-colors';
import { LOGO } from '@/components/seats/logo';
import { SeatGrid } from '@/components/seats/seat-grid';

export const size = { width: 48, height: 48 };
export const contentType = 'image/png';

export default function Icon() {
  return new ImageResponse(
    <div style={{ display: 'flex', width: '100%', height: '100%', alignItems: 'center', justifyContent: 'center' }}>
      <SeatGrid {...LOGO} size="icon" colors={IMAGE_SEAT_COLORS} />
    </div>,
    size,
  );
}
