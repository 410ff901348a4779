import ts from 'typescript-6';

/** Attributes that people read, on the screen or by a screen reader, also those that components pass on. */
const VISIBLE_ATTRIBUTES = new Set([
  ...['alt', 'aria-description', 'aria-label', 'aria-roledescription', 'aria-valuetext', 'heading', 'help'],
  ...['intro', 'label', 'placeholder', 'text', 'title'],
]);
/** Is never translated. */
const BRAND = 'Mini Compete';

/** Words in JSX that come from no catalog, as `file:line: text`. */
export function literalTexts(file: string, source: string): string[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const report = (node: ts.Node, text: string) => {
    if (!/\p{L}/u.test(text.replaceAll(BRAND, ''))) return;
    const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
    found.push(`${file}:${line + 1}: ${text.trim().replace(/\s+/g, ' ')}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) report(node, node.text);
    else if (ts.isJsxAttribute(node) && VISIBLE_ATTRIBUTES.has(node.name.getText()))
      reportValue(node.initializer, report);
    else if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent)) reportValue(node, report);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** The strings that an expression can evaluate to, without those that it passes to a function. */
function reportValue(node: ts.Node | undefined, report: (node: ts.Node, text: string) => void): void {
  if (node === undefined) return;
  if (ts.isStringLiteralLike(node)) report(node, node.text);
  else if (ts.isTemplateExpression(node)) {
    report(node.head, node.head.text);
    for (const { expression, literal } of node.templateSpans) {
      reportValue(expression, report);
      report(literal, literal.text);
    }
  } else if (ts.isJsxExpression(node) || ts.isParenthesizedExpression(node)) reportValue(node.expression, report);
  else if (ts.isConditionalExpression(node)) {
    reportValue(node.whenTrue, report);
    reportValue(node.whenFalse, report);
  } else if (ts.isBinaryExpression(node) && VALUE_OPERATORS.has(node.operatorToken.kind)) {
    if (node.operatorToken.kind !== ts.SyntaxKind.AmpersandAmpersandToken) reportValue(node.left, report);
    reportValue(node.right, report);
  }
}

/** The result of the others is no text. */
const VALUE_OPERATORS = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.PlusToken,
]);
