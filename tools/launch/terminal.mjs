// What the person in front of the screen sees: numbered steps, how long each took, and signs of life in between.

const TICK_MS = 200;
const SIGN_OF_LIFE_MS = 5_000;

/** @param {number} ms */
function seconds(ms) {
  return ms < 9_950 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
}

/**
 * @typedef {object} Step
 * @property {(note?: string) => void} done
 * @property {(note?: string) => void} failed
 * @property {(note: string) => void} note what is going on inside this step; shown now and then
 */

export class Terminal {
  #number = 0;
  #started = performance.now();

  /** @param {NodeJS.WriteStream} out @param {number} [steps] how many there will be, if that is known */
  constructor(out = process.stdout, steps) {
    this.out = out;
    this.steps = steps;
  }

  /** @param {string} [text] */
  line(text = '') {
    this.out.write(`${text}\n`);
  }

  /** @param {'bold' | 'dim' | 'red' | 'green'} style @param {string} text */
  paint(style, text) {
    if (!this.out.isTTY || process.env.NO_COLOR) return text;
    return `\x1b[${{ bold: 1, dim: 2, red: 31, green: 32 }[style]}m${text}\x1b[0m`;
  }

  elapsed() {
    return seconds(performance.now() - this.#started);
  }

  /** @param {string} title @returns {Step} */
  step(title) {
    const began = performance.now();
    const number = this.steps ? `[${++this.#number}/${this.steps}]` : `[${++this.#number}]`;
    const live = this.out.isTTY;
    let note = '';
    let shown = began;
    const status = () => `${number} ${title}${note ? `: ${note}` : ''}`;
    const rewrite = (/** @type {string} */ text) => this.out.write(`\r\x1b[2K${text}`);
    if (live) rewrite(`${status()} …`);
    else this.line(`${number} ${title} …`);

    const timer = setInterval(() => {
      const now = performance.now();
      if (live) return rewrite(`${status()} … ${seconds(now - began)}`);
      // Often at first, then less: a log of a long wait is not for reading.
      if (now - shown < Math.max(SIGN_OF_LIFE_MS, (now - began) / 3)) return;
      shown = now;
      this.line(`      ${note || 'still at it'} (${seconds(now - began)})`);
    }, TICK_MS);
    timer.unref();

    const end = (/** @type {string} */ mark, /** @type {string} */ last) => {
      clearInterval(timer);
      const took = this.paint('dim', `(${seconds(performance.now() - began)})`);
      if (live) rewrite(`${mark} ${number} ${title}${last ? `: ${last}` : ''} ${took}\n`);
      else this.line(`      ${mark} ${last || 'done'} ${took}`);
    };
    return {
      done: (last = '') => end(this.paint('green', '✓'), last),
      failed: (last = 'failed') => end(this.paint('red', '✗'), last),
      note: (text) => {
        note = text;
      },
    };
  }
}
