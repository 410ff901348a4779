import { ImageResponse } from 'next/og';
import { IMAGE_COLORS, IMAGE_SEAT_COLORS } from '@/components/seats/image-colors';
import { LOGO } from '@/components/seats/logo';
import { SeatGrid } from '@/components/seats/seat-grid';

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
        background: IMAGE_COLORS.paper,
      }}
    >
      <SeatGrid {...LOGO} size="touch" colors={IMAGE_SEAT_COLORS} />
    </div>,
    size,
  );
}
