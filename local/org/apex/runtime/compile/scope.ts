import { Refusal } from '../parse/refusal.ts';
import type { Place } from '../parse/tree.ts';
import type { Type } from '../types/type.ts';

export interface Local {
  readonly name: string;
  readonly type: Type;
  readonly isFinal: boolean;
  /** Its name in the code. */
  readonly js: string;
  /** A final variable that has no value yet may get one. */
  isSet: boolean;
}

/** Variables of a method, by name in any case; a block sees those around it. */
export class Scope {
  private readonly levels: Map<string, Local>[] = [new Map<string, Local>()];
  private made = 0;

  /** @throws Refusal where the name is taken */
  add(name: string, type: Type, at: Place, { isFinal = false, isSet = true } = {}): Local {
    if (this.find(name)) throw new Refusal(at, `Duplicate variable: ${name}`);
    const local = { name, type, isFinal, isSet, js: `v${++this.made}_${name.toLowerCase()}` };
    this.levels.at(-1)?.set(name.toLowerCase(), local);
    return local;
  }

  find(name: string): Local | undefined {
    const key = name.toLowerCase();
    for (let at = this.levels.length - 1; at >= 0; at--) {
      const found = this.levels[at]?.get(key);
      if (found) return found;
    }
    return undefined;
  }

  inside<T>(work: () => T): T {
    this.levels.push(new Map());
    try {
      return work();
    } finally {
      this.levels.pop();
    }
  }
}
