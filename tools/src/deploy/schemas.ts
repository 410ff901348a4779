import { Deployment } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { Job } from 'kubernetes-models/batch/v1';
import { Ingress, NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { ConfigMap, PersistentVolumeClaim, Service, ServiceAccount } from 'kubernetes-models/v1';
import type { Manifest } from './manifests.js';

/** By `apiVersion` and `kind`. */
const MODELS: Readonly<Record<string, { readonly prototype: { validate(): void } }>> = {
  'apps/v1 Deployment': Deployment,
  'autoscaling/v2 HorizontalPodAutoscaler': HorizontalPodAutoscaler,
  'batch/v1 Job': Job,
  'networking.k8s.io/v1 Ingress': Ingress,
  'networking.k8s.io/v1 NetworkPolicy': NetworkPolicy,
  'policy/v1 PodDisruptionBudget': PodDisruptionBudget,
  'v1 ConfigMap': ConfigMap,
  'v1 PersistentVolumeClaim': PersistentVolumeClaim,
  'v1 Service': Service,
  'v1 ServiceAccount': ServiceAccount,
};

/** What a server of Kubernetes would refuse, and fields that it would ignore; null for a kind without a schema here. */
export function problemsOf(manifest: Manifest): string[] | null {
  const model = MODELS[`${manifest.apiVersion} ${manifest.kind}`];
  if (model === undefined) return null;
  const seen = new Seen();
  try {
    model.prototype.validate.call(seen.watch(manifest));
  } catch (error) {
    return [(error as Error).message];
  }
  return seen.unread();
}

/**
 * The schemas allow fields that they do not know, as a server does: a misspelled probe is silently no probe. A validator
 * reads the fields that it knows and no others, so what nobody has read is unknown.
 */
class Seen {
  private readonly objects: { readonly path: string; readonly value: object; readonly read: Set<PropertyKey> }[] = [];
  private readonly proxies = new WeakMap<object, object>();

  watch<Value extends object>(value: Value, path = ''): Value {
    const known = this.proxies.get(value);
    if (known) return known as Value;
    const read = new Set<PropertyKey>();
    if (!Array.isArray(value)) this.objects.push({ path, value, read });
    const proxy = new Proxy(value, {
      get: (target, key) => {
        read.add(key);
        const child: unknown = Reflect.get(target, key);
        return typeof child === 'object' && child !== null ? this.watch(child, `${path}/${String(key)}`) : child;
      },
      // A map of any names, such as labels.
      ownKeys: (target) => {
        const keys = Reflect.ownKeys(target);
        for (const key of keys) read.add(key);
        return keys;
      },
    });
    this.proxies.set(value, proxy);
    return proxy;
  }

  unread(): string[] {
    return this.objects.flatMap(({ path, value, read }) =>
      Object.keys(value)
        .filter((key) => !read.has(key))
        .map((key) => `${path}/${key} is unknown`),
    );
  }
}
