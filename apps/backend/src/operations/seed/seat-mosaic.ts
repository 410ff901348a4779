/** The outline of a seat as in the web app, in a square of 10 by 10. */
const SEAT = 'M1 5.2a4 4.2 0 0 1 8 0V7.8a1.2 1.2 0 0 1-1.2 1.2H2.2A1.2 1.2 0 0 1 1 7.8Z';

export const COLUMNS = 40;
export const ROWS = 20;

/** The color of the seat at a place, or null for none. */
export type Motif = (column: number, row: number) => string | null;

/** A picture made of seats, as SVG. */
export function seatMosaic(background: string, motif: Motif): string {
  const seats: string[] = [];
  for (let row = 0; row < ROWS; row++)
    for (let column = 0; column < COLUMNS; column++) {
      const color = motif(column, row);
      if (color !== null) seats.push(`<use href="#s" x="${column * 10}" y="${row * 10}" fill="${color}"/>`);
    }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="800" viewBox="0 0 ${COLUMNS * 10} ${ROWS * 10}">
    <defs><path id="s" d="${SEAT}"/></defs>
    <rect width="100%" height="100%" fill="${background}"/>${seats.join('')}</svg>`;
}
