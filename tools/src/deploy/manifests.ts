import { spawnSync } from 'node:child_process';

/** KUBECTL names one outside PATH. */
const kubectl = (): string => process.env.KUBECTL ?? 'kubectl';

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Labels };
  // biome-ignore lint/suspicious/noExplicitAny: of each kind another one, which its schema checks
  readonly spec?: any;
  readonly data?: Readonly<Record<string, string>>;
}
export type Labels = Readonly<Record<string, string>>;

/** What `kubectl apply -k` would send. Reaches no cluster. */
export function render(folder: string): Manifest[] {
  const yaml = run(['kustomize', folder]);
  // Without this, a parser of YAML would be needed: with --local, kubectl changes a copy and prints it as JSON.
  const json = run(['annotate', '--local', '-f', '-', 'rendered=true', '-o', 'json'], yaml);
  return JSON.parse(`[${json.replace(/\n\}\n\{/g, '\n},\n{')}]`);
}

function run(args: readonly string[], input = ''): string {
  const { status, stdout, stderr, error } = spawnSync(kubectl(), args, { input, encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
