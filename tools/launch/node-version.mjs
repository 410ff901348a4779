/**
 * Whether a Node.js version is in the range that "engines" in package.json allows; npm itself only warns, and only when
 * it installs. There is no semver package on a fresh clone, so this supports the two forms used there.
 * @param {string} version such as "20.19.0"
 * @param {string} range such as "^20.19.0 || >=24.0.0"
 */
export function satisfies(version, range) {
  const actual = numbers(version);
  return range.split('||').some((part) => {
    const minimum = numbers(part);
    const newEnough = compare(actual, minimum) >= 0;
    return part.trim().startsWith('^') ? newEnough && actual[0] === minimum[0] : newEnough;
  });
}

/** @param {string} text @returns {number[]} */
const numbers = (text) => (text.match(/\d+/g) ?? []).slice(0, 3).map(Number);

/** @param {number[]} a @param {number[]} b */
function compare(a, b) {
  for (const i of [0, 1, 2]) if ((a[i] ?? 0) !== (b[i] ?? 0)) return (a[i] ?? 0) - (b[i] ?? 0);
  return 0;
}
