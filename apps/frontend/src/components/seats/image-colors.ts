import type { SeatColors } from './seat-defs';

/** The light theme as hex values: the image renderer supports neither CSS variables nor OKLCH. */
export const IMAGE_COLORS = {
  paper: '#fbf9f4',
  ink: '#1f1a15',
  muted: '#5c564e',
  line: '#dcd7cd',
  accent: '#2b3bd6',
} as const;

export const IMAGE_SEAT_COLORS: SeatColors = {
  free: '#d7d2c8',
  taken: '#40382f',
  mine: IMAGE_COLORS.accent,
  waiting: '#dba13c',
  dot: '#ffffff',
};
