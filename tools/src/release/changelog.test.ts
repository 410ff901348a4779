import { describe, expect, it } from 'vitest';
import { type Commit, releaseNotes, sectionOf, withRelease } from './changelog.js';

const commit = (subject: string, body = ''): Commit => ({ hash: '0123456789abcdef', subject, body });

describe('the notes of a release', () => {
  it('list breaking changes first, in the words that say what stops working', () => {
    const notes = releaseNotes([
      commit('feat(teams): rename a team'),
      commit('fix(api)!: refuse an empty title'),
      commit(
        'perf(queue): dispatch in batches',
        'Why.\n\nBREAKING CHANGE: workers need\nDATABASE_DIRECT_URL.\n\nMore.',
      ),
    ]);
    expect(notes).toBe(`### Breaking changes

- **api:** refuse an empty title (012345678)
- **queue:** workers need DATABASE_DIRECT_URL. (012345678)

### Added

- **teams:** rename a team (012345678)

### Fixed

- **api:** refuse an empty title (012345678)

### Faster

- **queue:** dispatch in batches (012345678)`);
  });

  it('leave out what concerns developers only, and commits without a type', () => {
    expect(releaseNotes([commit('test(e2e): wait'), commit('docs: say'), commit('Write it down')])).toBe('');
  });
});

describe('the changelog', () => {
  const changelog = '# Changelog\n\n## Unreleased\n\n### Details\n\n- more\n';

  it('gets a section for the release, with what was written under "Unreleased"', () => {
    const next = withRelease(changelog, '1.2.0 (2026-11-27)', '### Added\n\n- it');
    expect(next).toBe(
      '# Changelog\n\n## Unreleased\n\n## 1.2.0 (2026-11-27)\n\n### Added\n\n- it\n\n### Details\n\n- more\n',
    );
    expect(sectionOf(withRelease(next, '1.3.0 (2027-01-01)', 'new'), '1.2.0')).toBe(
      '### Added\n\n- it\n\n### Details\n\n- more',
    );
  });

  it('has no section for a version that was not released', () => {
    expect(() => sectionOf(changelog, '1.2')).toThrow('no section for 1.2');
    expect(() => withRelease('# Changelog\n', '1', '')).toThrow('Unreleased');
  });
});
