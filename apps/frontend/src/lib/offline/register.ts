// The bundler compiles the worker of each call. It reads the scope from the source, so it has to be a constant.

/** For the pages of doors. */
export const registerForDoors = (): Promise<ServiceWorkerRegistration> =>
  navigator.serviceWorker.register(new URL('../../service-worker/service-worker.ts', import.meta.url), {
    scope: '/door/',
    updateViaCache: 'none',
  });

/** For tickets. */
export const registerForTickets = (): Promise<ServiceWorkerRegistration> =>
  navigator.serviceWorker.register(new URL('../../service-worker/service-worker.ts', import.meta.url), {
    scope: '/tickets/',
    updateViaCache: 'none',
  });
