import type { SeatColors } from './seat-defs';

/** The light theme as values: pictures outside of a page cannot ask for roles, and their renderers know no OKLCH. */
export const PICTURE = {
  paper: '#fbf9f4',
  ink: '#1f1a15',
  muted: '#5c564e',
  line: '#dcd7cd',
  accent: '#2b3bd6',
} as const;

export const PICTURE_SEATS: SeatColors = {
  free: '#d7d2c8',
  taken: '#40382f',
  mine: PICTURE.accent,
  waiting: '#dba13c',
  dot: '#ffffff',
};
