/** How many more calls of its ports a process lives to see. */
export class Power {
  left = Infinity;
  /** Whether it ends behind the last of them, which is carried out and never answered; else before it. */
  carriesOut = false;
  /** Whether it ends before this call, such as `write`. */
  endsBefore: (name: string) => boolean = () => false;

  spend<T>(name: string, call: () => T): T | Promise<never> {
    if (this.left === 0 || this.endsBefore(name)) return Promise.reject(new PowerCut());
    this.left -= 1;
    if (this.left > 0 || !this.carriesOut) return call();
    return Promise.resolve(call()).then(() => Promise.reject(new PowerCut()));
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
        power.spend(String(name), () => Reflect.apply(value, target, given) as unknown);
    },
  });
}
