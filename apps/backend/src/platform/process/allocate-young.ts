import { setFlagsFromString } from 'node:v8';

/**
 * Lets every object begin in V8's young generation. By default V8 moves places in the code whose first objects survive to
 * the old generation. Under high load these are objects of requests: each then keeps what belongs to its request until the
 * next full garbage collection, and all of that is copied twice. Registering took an eighth more of the API's CPU time.
 */
export function allocateYoung(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
}
