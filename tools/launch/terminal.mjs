// Prints progress for the user: numbered steps with their duration, and notes during a long step.

const REFRESH_MS = 200;
const NOTE_INTERVAL_MS = 5_000;

/** @param {number} ms */
function seconds(ms) {
  return ms < 9_950 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
}

/**
 * @typedef {object} Step
 * @property {(note?: string) => void} done
 * @property {(note?: string) => void} failed
 * @property {(note: string) => void} note sets what the step is doing at the moment
 */

export class Terminal {
  #number = 0;
  #started = performance.now();

  /** @param {NodeJS.WriteStream} out */
  constructor(out = process.stdout) {
    this.out = out;
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
    const started = performance.now();
    const number = `[${++this.#number}]`;
    const live = this.out.isTTY;
    let note = '';
    let lastNoteAt = started;
    const status = () => `${number} ${title}${note ? `: ${note}` : ''}`;
    const rewrite = (/** @type {string} */ text) => this.out.write(`\r\x1b[2K${text}`);
    if (live) rewrite(`${status()} …`);
    else this.line(`${number} ${title} …`);

    const timer = setInterval(() => {
      const now = performance.now();
      if (live) return rewrite(`${status()} … ${seconds(now - started)}`);
      // Without a terminal each note is a line of a log: the longer the step takes, the fewer there are.
      if (now - lastNoteAt < Math.max(NOTE_INTERVAL_MS, (now - started) / 3)) return;
      lastNoteAt = now;
      this.line(`      ${note || 'still running'} (${seconds(now - started)})`);
    }, REFRESH_MS);
    timer.unref();

    const end = (/** @type {string} */ mark, /** @type {string} */ result) => {
      clearInterval(timer);
      const took = this.paint('dim', `(${seconds(performance.now() - started)})`);
      if (live) rewrite(`${mark} ${number} ${title}${result ? `: ${result}` : ''} ${took}\n`);
      else this.line(`      ${mark} ${result || 'done'} ${took}`);
    };
    return {
      done: (result = '') => end(this.paint('green', '✓'), result),
      failed: (result = 'failed') => end(this.paint('red', '✗'), result),
      note: (text) => {
        note = text;
      },
    };
  }
}
