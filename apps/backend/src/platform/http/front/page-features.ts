/** What a page may use beyond what every page may. */
interface PageFeatures {
  /** Besides the scripts of the page. */
  readonly scripts: string;
  readonly permissions: string;
}

const NONE: PageFeatures = { scripts: '', permissions: 'camera=(), microphone=(), geolocation=()' };
/** The door reads tickets with the camera, and without a reader in the browser by WebAssembly. */
const DOOR: PageFeatures = {
  scripts: "'wasm-unsafe-eval'",
  permissions: 'camera=(self), microphone=(), geolocation=()',
};

export const pageFeatures = (path: string): PageFeatures => (path.startsWith('/door/') ? DOOR : NONE);
