type PictureType = 'jpeg' | 'png' | 'webp';

/**
 * What the first bytes say, whatever name or Content-Type the file has. The decoder gets nothing else: it also knows
 * formats that can refer to other files or run for minutes, such as SVG.
 */
export function pictureType(bytes: Buffer): PictureType | null {
  const text = (from: number, to: number) => bytes.toString('latin1', from, to);
  if (text(0, 3) === '\xff\xd8\xff') return 'jpeg';
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'webp';
  return null;
}
