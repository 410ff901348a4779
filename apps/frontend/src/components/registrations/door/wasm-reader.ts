import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

/** The texts of the QR codes in a picture of the camera. */
export type QrReader = (video: HTMLVideoElement) => Promise<readonly string[]>;

/** More pixels cost time on a phone, and a ticket that fills a third of the picture is read with these. */
const MAX_SIDE = 720;

export async function loadWasmReader(): Promise<QrReader> {
  const url = new URL('zxing-wasm/reader/zxing_reader.wasm', import.meta.url).href;
  await prepareZXingModule({
    // From this origin. By default it would come from somebody else's server.
    overrides: { locateFile: () => url },
    fireImmediately: true,
  });
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('There is no 2D canvas.');
  return async (video) => {
    const scale = Math.min(1, MAX_SIDE / Math.max(video.videoWidth, video.videoHeight));
    const width = Math.round(video.videoWidth * scale);
    const height = Math.round(video.videoHeight * scale);
    if (width === 0 || height === 0) return [];
    context.canvas.width = width;
    context.canvas.height = height;
    context.drawImage(video, 0, 0, width, height);
    const found = await readBarcodes(context.getImageData(0, 0, width, height), {
      formats: ['QRCode'],
      maxNumberOfSymbols: 1,
      tryDownscale: false,
    });
    return found.filter(({ isValid }) => isValid).map(({ text }) => text);
  };
}
