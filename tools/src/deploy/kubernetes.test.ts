import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { VARIABLES } from '../../../apps/backend/src/platform/config/variables.js';
import { createTempFolder } from '../testing/temp-folder.js';
import { type Labels, type Manifest, render } from './manifests.js';
import { problemsOf } from './schemas.js';

const KUBERNETES = fileURLToPath(new URL('../../../deploy/kubernetes', import.meta.url));
/** Kinds of other projects, without a schema here. */
const WITHOUT_SCHEMA = ['ServiceMonitor'];

const nameOf = ({ kind, metadata }: Manifest) => `${kind} ${metadata.name}`;
const matches = (selector: Labels, labels: Labels = {}) =>
  Object.entries(selector).every(([key, value]) => labels[key] === value);

/** Rendered from a copy in which a text of one file is replaced. */
function renderChanged(file: string, from: string, to: string): Manifest[] {
  const folder = createTempFolder('kubernetes');
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(KUBERNETES, folder, { recursive: true });
  const text = readFileSync(join(folder, file), 'utf8');
  expect(text).toContain(from);
  writeFileSync(join(folder, file), text.replace(from, to));
  return render(join(folder, 'base'));
}

describe('OB-07: the files for Kubernetes', () => {
  let manifests: Manifest[];
  let workloads: Manifest[];
  const ofKind = (kind: string) => manifests.filter((manifest) => manifest.kind === kind);
  const podOf = ({ spec }: Manifest) => spec.template.spec;
  const labelsOf = ({ spec }: Manifest): Labels => spec.template.metadata.labels;
  const workloadFor = (selector: Labels) => workloads.filter((workload) => matches(selector, labelsOf(workload)));

  beforeAll(() => {
    manifests = ['example', 'migrate'].flatMap((folder) => render(join(KUBERNETES, folder)));
    workloads = manifests.filter(({ kind }) => kind === 'Deployment' || kind === 'Job');
  });

  it('follow the schemas of the Kubernetes API, without a field that it does not know', () => {
    expect(manifests.length).toBeGreaterThan(20);
    for (const manifest of manifests) {
      const problems = problemsOf(manifest);
      if (problems === null) expect(WITHOUT_SCHEMA).toContain(manifest.kind);
      else expect(problems, nameOf(manifest)).toEqual([]);
    }
  });

  it.each([
    ['a misspelled field', 'base/api.yaml', 'readinessProbe:', 'readynessProbe:', /readynessProbe is unknown/],
    ['a value of the wrong type', 'base/autoscaling.yaml', 'maxReplicas: 6', "maxReplicas: 'six'", /maxReplicas/],
    ['a version that the API does not have', 'base/disruption-budgets.yaml', 'policy/v1', 'policy/v2', /no schema/],
  ])('are checked for %s', (_, file, from, to, problem) => {
    const problems = renderChanged(file, from, to).flatMap((manifest) =>
      WITHOUT_SCHEMA.includes(manifest.kind) ? [] : (problemsOf(manifest) ?? ['no schema']),
    );
    expect(problems.join('\n')).toMatch(problem);
  });

  it('run every process as nobody in particular, with a root file system that it cannot write', () => {
    expect(workloads.map(({ metadata }) => metadata.name).sort()).toEqual(
      ['api', 'migrate', 'web', 'worker'].map((component) => `mini-compete-${component}`),
    );
    for (const workload of workloads) {
      const { securityContext, automountServiceAccountToken, containers } = podOf(workload);
      expect(automountServiceAccountToken, nameOf(workload)).toBe(false);
      expect(securityContext, nameOf(workload)).toMatchObject({
        runAsNonRoot: true,
        runAsUser: 1000,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      for (const container of containers) {
        expect(container.securityContext, nameOf(workload)).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        expect(container.volumeMounts, nameOf(workload)).toContainEqual({ name: 'tmp', mountPath: '/tmp' });
        expect(container.resources.limits.memory, nameOf(workload)).toBeDefined();
      }
    }
  });

  it('ask every server whether it lives and is ready, on a port that it has, and give it time to end', () => {
    for (const deployment of ofKind('Deployment')) {
      const { containers, terminationGracePeriodSeconds } = podOf(deployment);
      const [{ ports, startupProbe, livenessProbe, readinessProbe, lifecycle }] = containers;
      const names = ports.map(({ name }: { name: string }) => name);
      for (const { httpGet } of [startupProbe, livenessProbe, readinessProbe]) expect(names).toContain(httpGet.port);
      // A database that is away must not restart the process.
      expect(livenessProbe.httpGet.path).toBe('/health/live');
      expect(deployment.spec.strategy.rollingUpdate).toEqual({ maxUnavailable: 0, maxSurge: 1 });
      const delay = Number(lifecycle?.preStop.exec.command[1] ?? 0);
      expect(terminationGracePeriodSeconds).toBeGreaterThanOrEqual(delay + 15);
      if (deployment.metadata.name !== 'mini-compete-worker') expect(delay).toBeGreaterThan(0);
    }
  });

  it('have a disruption budget, an autoscaler and a network policy that fit for every server', () => {
    for (const deployment of ofKind('Deployment')) {
      const { name } = deployment.metadata;
      const fits = ({ spec }: Manifest) =>
        matches((spec.selector ?? spec.podSelector).matchLabels, labelsOf(deployment));
      expect(ofKind('PodDisruptionBudget').filter(fits), name).toHaveLength(1);
      const [autoscaler] = ofKind('HorizontalPodAutoscaler').filter(({ spec }) => spec.scaleTargetRef.name === name);
      expect(autoscaler?.spec.minReplicas, name).toBeGreaterThan(1);
      // Otherwise each roll-out would reset what the autoscaler has set.
      expect(deployment.spec.replicas, name).toBeUndefined();
    }
    for (const workload of workloads) {
      const policies = ofKind('NetworkPolicy').filter(({ spec }) =>
        matches(spec.podSelector.matchLabels, labelsOf(workload)),
      );
      expect(policies, nameOf(workload)).toHaveLength(1);
      expect(policies[0]?.spec.policyTypes).toEqual(['Ingress', 'Egress']);
    }
  });

  it('let in on the ports that services and probes name, and connect API and web app', () => {
    for (const service of ofKind('Service')) {
      const [workload, ...others] = workloadFor(service.spec.selector);
      expect(others).toEqual([]);
      const ports = podOf(workload as Manifest).containers[0].ports;
      for (const { targetPort } of service.spec.ports)
        expect(
          ports.map(({ name }: { name: string }) => name),
          nameOf(service),
        ).toContain(targetPort);
    }
    const service = (name: string) =>
      ofKind('Service').find(({ metadata }) => metadata.name === name)?.spec.ports[0].port;
    const [config] = ofKind('ConfigMap');
    expect(config?.data?.WEB_URL).toBe(`http://mini-compete-web:${service('mini-compete-web')}`);
    const [web] = workloadFor({ 'app.kubernetes.io/component': 'web' });
    expect(podOf(web as Manifest).containers[0].env).toContainEqual({
      name: 'BACKEND_URL',
      value: `http://mini-compete-api:${service('mini-compete-api')}`,
    });
  });

  it('let APIs and workers out to PostgreSQL, PgBouncer, Redis and Sentinel', () => {
    for (const component of ['api', 'worker']) {
      const [policy] = ofKind('NetworkPolicy').filter(({ metadata }) => metadata.name === `mini-compete-${component}`);
      const anywhere = policy?.spec.egress.filter(({ to }: { to?: unknown }) => to === undefined);
      const ports = anywhere.flatMap((rule: { ports: { port: number }[] }) => rule.ports.map(({ port }) => port));
      expect(ports, component).toEqual(expect.arrayContaining([5432, 6432, 6379, 26379]));
    }
  });

  it('keep backups and the ids of erased accounts on a volume that all workers share', () => {
    const withBackups = render(join(KUBERNETES, 'backups'));
    for (const manifest of withBackups) expect(problemsOf(manifest) ?? [], nameOf(manifest)).toEqual([]);
    const only = (kind: string, name: string) =>
      withBackups.find((manifest) => nameOf(manifest) === `${kind} ${name}`) as Manifest;
    const { volumes, containers } = podOf(only('Deployment', 'mini-compete-worker'));
    const volume = { name: 'backups', persistentVolumeClaim: { claimName: 'mini-compete-backups' } };
    expect(volumes).toContainEqual(volume);
    const { BACKUP_FOLDER, ERASED_ACCOUNTS_FILE } = only('ConfigMap', 'mini-compete').data ?? {};
    expect(containers[0].volumeMounts).toContainEqual({ name: 'backups', mountPath: BACKUP_FOLDER });
    expect(ERASED_ACCOUNTS_FILE).toMatch(`${BACKUP_FOLDER}/`);
    expect(only('PersistentVolumeClaim', 'mini-compete-backups').spec.accessModes).toEqual(['ReadWriteMany']);
  });

  it('have the job names that the alerts expect, from services that the ServiceMonitors select', () => {
    const alerts = readFileSync(join(KUBERNETES, '../monitoring/alerts.yml'), 'utf8');
    for (const { spec } of ofKind('ServiceMonitor')) {
      const [endpoint] = spec.endpoints;
      const selected = ofKind('Service').filter(
        (service) =>
          matches(spec.selector.matchLabels, service.metadata.labels) &&
          service.spec.ports.some(({ name }: { name: string }) => name === endpoint.port),
      );
      expect(selected).toHaveLength(1);
      expect(alerts).toContain(`job="${selected[0]?.metadata.name}"`);
    }
    expect(ofKind('ServiceMonitor')).toHaveLength(2);
  });

  it('contain no secret, refer to one, and set only variables that exist', () => {
    expect(ofKind('Secret')).toEqual([]);
    for (const name of ['api', 'worker', 'migrate']) {
      const [workload] = workloadFor({ 'app.kubernetes.io/component': name });
      expect(podOf(workload as Manifest).containers[0].envFrom).toContainEqual({ secretRef: { name: 'mini-compete' } });
    }
    const [config] = ofKind('ConfigMap');
    const known = new Set(Object.keys(VARIABLES));
    expect(Object.keys(config?.data ?? {}).filter((name) => !known.has(name))).toEqual([]);
    for (const secret of ['DATABASE_URL', 'JWT_SECRET', 'SMTP_URL']) expect(config?.data).not.toHaveProperty(secret);
  });
});
