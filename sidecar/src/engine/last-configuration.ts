import type { Setup } from '../ports/setup.ts';
import type { State } from '../ports/state.ts';
import { sweepAgain } from '../sync/detect/sweep-salesforce.ts';

const CURSOR = 'configuration';

/** By what the sync went when the configuration was read. */
interface Read {
  /** As ISO 8601. */
  readonly at: string;
  /** Objects whose records were made in a shop. */
  readonly made: readonly string[];
}

/** Remembers when the configuration was read last, also over a restart. */
export class LastConfiguration {
  readonly #state: Pick<State, 'cursor' | 'saveCursor'>;
  #before: Read | null = null;

  constructor(state: Pick<State, 'cursor' | 'saveCursor'>) {
    this.#state = state;
  }

  /**
   * Has the sweep of Salesforce go back for records that are to be made in a shop from now on, and may have been saved
   * after the last reading, when nobody knew.
   * @returns whether there are such
   */
  async take(setup: Setup): Promise<boolean> {
    const read: Read = { at: setup.readAt.toISOString(), made: madeInWoo(setup) };
    // What this process went by comes first: another one that shares the state may have read meanwhile.
    const before = this.#before ?? ((await this.#state.cursor('', CURSOR)) as Read | null);
    const fresh =
      before === null ? [] : read.made.filter((object) => !before.made.includes(object));
    for (const object of fresh)
      await sweepAgain(this.#state, object, new Date(before?.at ?? read.at));
    await this.#state.saveCursor('', CURSOR, read);
    this.#before = read;
    return fresh.length > 0;
  }
}

function madeInWoo({ stores }: Setup): readonly string[] {
  const mappings = stores.flatMap((store) => store.mappings);
  return [...new Set(mappings.filter((one) => one.createInWoo).map(({ object }) => object))];
}
