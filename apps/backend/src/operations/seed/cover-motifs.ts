import { COLUMNS, type Motif, ROWS, seatMosaic } from './seat-mosaic.js';

/** From one color to another, both as `[red, green, blue]`. */
type Color = readonly [number, number, number];
const mix = (from: Color, to: Color, share: number): string => {
  const part = (index: 0 | 1 | 2) =>
    Math.round(from[index] + (to[index] - from[index]) * Math.min(1, Math.max(0, share)));
  return `rgb(${part(0)},${part(1)},${part(2)})`;
};
const isWithin = (column: number, row: number, x: number, y: number, radius: number) =>
  Math.hypot(column - x, row - y) <= radius;
/** The same for the same place, and without a pattern that the eye would find. */
const noise = (column: number, row: number) => Math.abs(Math.sin(column * 12.9898 + row * 78.233) * 43_758.5453) % 1;

const ACCENT = '#4b57f0';
const AMBER = '#e0a33b';
const PAPER = '#fbf9f4';

/** A moon over hills, and the lights of those who are looking for the next control. */
const night: Motif = (column, row) => {
  if (isWithin(column, row, 31, 5, 2.6)) return '#f3e7c4';
  const hill = 13 + 2.2 * Math.sin(column / 5) + 1.3 * Math.sin(column / 2.3 + 2);
  const near = 16.5 + 1.6 * Math.sin(column / 4 + 3);
  if (row >= near) return noise(column, row) > 0.94 ? AMBER : '#0c1230';
  if (row >= hill) return noise(column, row) > 0.965 ? AMBER : '#1a2350';
  return mix([24, 30, 78], [92, 98, 178], row / 14);
};

/** Numbers that are being sorted: the one in its place is marked. */
const sorting: Motif = (column, row) => {
  if (column % 2 === 1 && row > 1) return null;
  const position = column / 2;
  const height = position < 9 ? 3 + position * 1.4 : 4 + Math.floor(noise(position, 7) * 14);
  if (row < ROWS - height) return null;
  if (position === 9) return ACCENT;
  return position < 9 ? '#40382f' : '#cfc8ba';
};

/** A board in the middle of a game. */
const chess: Motif = (column, row) => {
  const [x, y] = [Math.floor(column / 2), Math.floor(row / 2)];
  if ((x === 7 && y === 6) || (x === 12 && y === 3)) return ACCENT;
  return (x + y) % 2 === 0 ? '#3b332b' : '#e7dfcf';
};

const blitz: Motif = (column, row) => {
  const [x, y] = [Math.floor(column / 4), Math.floor(row / 4)];
  if ((x === 3 && y === 1) || (x === 6 && y === 3)) return AMBER;
  return (x + y) % 2 === 0 ? '#232a55' : '#5f69b8';
};

const waves: Motif = (column, row) => {
  if ((column === 12 && row === 8) || (column === 20 && row === 10) || (column === 29 && row === 7)) return AMBER;
  return mix([22, 94, 124], [150, 208, 214], 0.5 + 0.5 * Math.sin(row * 1.3 + Math.sin(column / 3) * 1.8));
};

/** Runners along the water, from the morning into the day. */
const shore: Motif = (column, row) => {
  if (isWithin(column, row, 9, 9, 3.4)) return '#fff3cf';
  const water = 11 + Math.sin(column / 3.5) * 0.4;
  const road = 15.2 - column * 0.03;
  if (row >= road + 2.4) return '#6b5d4c';
  if (row >= road)
    return noise(column, Math.floor(row)) > 0.62 ? (noise(row, column) > 0.5 ? ACCENT : AMBER) : '#8a7a66';
  if (row >= water) return mix([58, 116, 150], [126, 176, 196], noise(column, row) * 0.8);
  return mix([244, 176, 132], [250, 226, 190], row / 11);
};

/** Leaves from above. */
const leaves: Motif = (column, row) => {
  const shade = noise(column, row);
  const isPath = Math.abs(row - 10 - 4 * Math.sin(column / 6)) < 1.5;
  if (isPath) return '#efe6d2';
  return mix([38, 92, 62], [142, 176, 92], 0.5 * shade + 0.5 * Math.abs(Math.sin(column / 7 + row / 5)));
};

/** Waves of people, seen from the stage. */
const crowd: Motif = (column, row) => {
  const wave = Math.sin(column / 4 + row / 2) + Math.sin(column / 9);
  if (row < 3) return null;
  if (column === 21 && row === 11) return AMBER;
  return mix([88, 40, 120], [226, 112, 138], (row / ROWS) * 0.7 + wave * 0.18);
};

/** Steps, as in a proof. */
const steps: Motif = (column, row) => {
  const level = Math.floor((COLUMNS - column) / 5) * 2 + 3;
  if (row < level) return null;
  return row < level + 1 ? ACCENT : mix([216, 208, 194], [164, 152, 134], (row - level) / ROWS);
};

/** Covers of trial competitions and of the demo, by title. Others have none, so that both kinds of cards can be seen. */
export const COVER_MOTIFS: Readonly<Record<string, { readonly alt: string; readonly svg: () => string }>> = {
  'City Orienteering Night': {
    alt: 'Hills at night under a full moon, with small lights',
    svg: () => seatMosaic('#151b44', night),
  },
  'Autumn Algorithm Sprint': {
    alt: 'Bars of different heights, half of them sorted',
    svg: () => seatMosaic(PAPER, sorting),
  },
  'Rapid Chess Open': { alt: 'A chessboard with two marked squares', svg: () => seatMosaic('#d9cfbc', chess) },
  'Summer Photo Walk': { alt: 'A winding path between green leaves', svg: () => seatMosaic('#1f5238', leaves) },
  'Harbor Half Marathon': {
    alt: 'Runners on a road along the water at sunrise',
    svg: () => seatMosaic('#f4d9b4', shore),
  },
  'Friday Night Blitz': { alt: 'A chessboard at night', svg: () => seatMosaic('#14182f', blitz) },
  'Youth Poetry Slam': {
    alt: 'A crowd in evening light, one person in front',
    svg: () => seatMosaic('#2a1140', crowd),
  },
  'أولمبياد الرياضيات للمبتدئين': { alt: 'درجات تصعد', svg: () => seatMosaic(PAPER, steps) },
  'Open Water Mile': { alt: 'Waves with three swimmers', svg: () => seatMosaic('#0f4c66', waves) },
};
