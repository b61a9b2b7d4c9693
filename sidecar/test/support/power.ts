/** How many more calls of its ports a process lives to see. */
export class Power {
  left = Infinity;

  spend<T>(call: () => T): T | Promise<never> {
    if (this.left === 0) return Promise.reject(new PowerCut());
    this.left -= 1;
    return call();
  }
}

/** The process was killed. */
export class PowerCut extends Error {}

/** The port, as long as there is power. */
export function powered<T extends object>(port: T, power: Power): T {
  return new Proxy(port, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value === 'object' && value !== null) return powered(value, power);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) =>
        power.spend(() => Reflect.apply(value, target, given) as unknown);
    },
  });
}
