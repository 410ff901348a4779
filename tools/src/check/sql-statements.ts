export interface Statement {
  /** Without comments, function bodies and text in quotes, except that of SET; names without quotes, white space as one space. */
  readonly sql: string;
  readonly line: number;
  /** The comments before and inside it. */
  readonly comments: string;
}

const TOKEN = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$|;|[^;'"$/-]+|[\s\S]/g;

/** Splits a script at each `;` that ends a statement. The body of a DO block becomes statements of the script. */
export function statementsOf(script: string, firstLine = 1): Statement[] {
  const statements: Statement[] = [];
  let current = { sql: '', line: firstLine, comments: '' };
  let line = firstLine;

  function end(): void {
    const sql = current.sql.replace(/\s+/g, ' ').trim();
    if (sql !== '') statements.push({ ...current, sql });
    current = { sql: '', line, comments: '' };
  }

  for (const [token, tag] of script.matchAll(TOKEN)) {
    if (current.sql.trim() === '') current.line = line + leadingLines(token);
    if (token === ';') end();
    else if (token.startsWith('--') || token.startsWith('/*')) current.comments += `${token}\n`;
    else if (token.startsWith("'")) current.sql += /^\s*SET\b/i.test(current.sql) ? token : "''";
    else if (token.startsWith('"') && token.length > 1) current.sql += token.slice(1, -1);
    else if (tag === undefined) current.sql += token;
    else if (/^\s*DO\b/i.test(current.sql)) statements.push(...blockStatements(token, line, current.comments));
    else current.sql += '$$';
    line += token.split('\n').length - 1;
  }
  end();
  return statements;
}

const leadingLines = (token: string): number => (/^\s*/.exec(token)?.[0] ?? '').split('\n').length - 1;

/** In PL/pgSQL, words like BEGIN, LOOP and THEN precede a statement. */
function blockStatements(body: string, line: number, comments: string): Statement[] {
  const text = body.replace(/^\$\w*\$|\$\w*\$$/g, '');
  return statementsOf(text, line).map((statement) => {
    const begin = statement.sql.search(/\b(?:UPDATE|DELETE|ALTER|DROP|CREATE|LOCK|TRUNCATE|WITH|INSERT)\b/i);
    return { ...statement, sql: statement.sql.slice(Math.max(0, begin)), comments: comments + statement.comments };
  });
}

/** `ALTER TABLE t a, b` as `ALTER TABLE t a` and `ALTER TABLE t b`. */
export function actionsOf(sql: string): string[] {
  const head = /^ALTER TABLE (?:IF EXISTS )?(?:ONLY )?\S+ /i.exec(sql)?.[0];
  if (head === undefined) return [sql];
  const actions = [''];
  let depth = 0;
  for (const character of sql.slice(head.length)) {
    if (character === '(') depth++;
    if (character === ')') depth--;
    if (character === ',' && depth === 0) actions.push('');
    else actions.push(`${actions.pop()}${character}`);
  }
  return actions.map((action) => head + action.trim());
}
