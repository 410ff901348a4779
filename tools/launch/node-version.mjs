// Which Node this runs on, from the one place that says it: "engines" in package.json.

/**
 * @param {string} version such as "20.19.0"
 * @param {string} range such as "^20.19.0 || >=24.0.0": the two forms that package.json uses
 */
export function satisfies(version, range) {
  const have = numbers(version);
  return range.split('||').some((part) => {
    const want = numbers(part);
    const enough = compare(have, want) >= 0;
    return part.trim().startsWith('^') ? enough && have[0] === want[0] : enough;
  });
}

/** @param {string} text @returns {number[]} */
const numbers = (text) => (text.match(/\d+/g) ?? []).slice(0, 3).map(Number);

/** @param {number[]} a @param {number[]} b */
function compare(a, b) {
  for (const i of [0, 1, 2]) if ((a[i] ?? 0) !== (b[i] ?? 0)) return (a[i] ?? 0) - (b[i] ?? 0);
  return 0;
}
