import { TakingOrg } from './memory-state.ts';

/** An org that takes everything, and whose queries find nothing. */
export class SilentOrg extends TakingOrg {
  queries(soql: readonly string[]): Promise<readonly (readonly Record<string, unknown>[])[]> {
    return Promise.resolve(soql.map(() => []));
  }
}
