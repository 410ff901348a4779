import type { QrReader } from './wasm-reader';

/** Not in the types of TypeScript: only some browsers have it. */
type NativeDetector = { detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]> };
type NativeDetectorClass = {
  new (options: { formats: string[] }): NativeDetector;
  getSupportedFormats(): Promise<readonly string[]>;
};

/** The reader of the browser, or else ours, which is large and loaded only then. */
export async function loadQrReader(): Promise<QrReader> {
  const Native = (globalThis as { BarcodeDetector?: NativeDetectorClass }).BarcodeDetector;
  if (Native !== undefined && (await Native.getSupportedFormats()).includes('qr_code')) {
    const detector = new Native({ formats: ['qr_code'] });
    return async (video) => (await detector.detect(video)).map(({ rawValue }) => rawValue);
  }
  const { loadWasmReader } = await import('./wasm-reader');
  return loadWasmReader();
}
