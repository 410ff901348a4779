// The notes of a release, from the commits since the last one (Conventional Commits).
import { Failure } from '../../launch/failure.mjs';

export interface Commit {
  readonly hash: string;
  readonly subject: string;
  readonly body: string;
}

interface Change {
  readonly type: string;
  readonly scope: string | undefined;
  readonly text: string;
  readonly hash: string;
  /** What stops working, in the words of the commit. */
  readonly breaking: string | undefined;
}

const SUBJECT = /^(\w+)(?:\(([^)]+)\))?(!)?: (.+)$/;
const BREAKING = /(?:^|\n)BREAKING[ -]CHANGE: ([\s\S]+?)(?:\n\n|$)/;
/** What matters to people who run or use the product, in the order of the notes. Other types are left out. */
const SECTIONS = { feat: 'Added', fix: 'Fixed', perf: 'Faster' } as const;

/** Breaking changes first: they are what an operator has to read before upgrading. */
export function releaseNotes(commits: readonly Commit[]): string {
  const changes = commits.map(parse).filter((change) => change !== null);
  const breaking = changes.filter((change) => change.breaking !== undefined);
  const sections = [
    section('Breaking changes', breaking, (change) => change.breaking as string),
    ...Object.entries(SECTIONS).map(([type, title]) =>
      section(
        title,
        changes.filter((change) => change.type === type),
        ({ text }) => text,
      ),
    ),
  ];
  return sections.filter(Boolean).join('\n\n');
}

function parse({ hash, subject, body }: Commit): Change | null {
  const [, type = '', scope, mark, text = ''] = SUBJECT.exec(subject) ?? [];
  if (type === '') return null;
  const note = BREAKING.exec(body)?.[1]?.replaceAll('\n', ' ').trim();
  return { type, scope, text, hash: hash.slice(0, 9), breaking: note ?? (mark === undefined ? undefined : text) };
}

function section(title: string, changes: readonly Change[], textOf: (change: Change) => string): string {
  if (changes.length === 0) return '';
  const lines = changes.map((change) => {
    const scope = change.scope === undefined ? '' : `**${change.scope}:** `;
    return `- ${scope}${textOf(change)} (${change.hash})`;
  });
  return `### ${title}\n\n${[...new Set(lines)].join('\n')}`;
}

const UNRELEASED = '## Unreleased\n';

/** Begins a section for the release. What was written under "Unreleased" belongs to it, after the notes of the commits. */
export function withRelease(changelog: string, heading: string, notes: string): string {
  const [before, written] = changelog.split(UNRELEASED);
  if (written === undefined) throw new Error('CHANGELOG.md has no section "## Unreleased".');
  return `${before}${UNRELEASED}\n## ${heading}\n\n${notes}\n${written}`;
}

/** The section of one release. */
export function sectionOf(changelog: string, version: string): string {
  const [, ...sections] = changelog.split(/^## /m);
  const found = sections.find((text) => text.startsWith(`${version} `));
  if (found === undefined) throw new Failure(`CHANGELOG.md has no section for ${version}.`);
  return found.slice(found.indexOf('\n')).trim();
}
