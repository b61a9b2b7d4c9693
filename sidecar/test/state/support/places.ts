import type { State } from '../../../src/ports/state.ts';
import { openState } from '../../../src/state/state.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { engines } from './engines.ts';

export interface OpenState {
  readonly state: State;
  readonly close: () => Promise<void>;
}

/** All that plays a state: the two databases, and the memory with which the pipeline is tested. */
export const places: readonly { readonly name: string; readonly open: () => Promise<OpenState> }[] =
  [
    ...engines.map(({ name, start }) => ({
      name,
      open: async () => {
        const engine = await start();
        const state = await openState(engine.location);
        const close = async () => {
          await state.close();
          await engine.stop();
        };
        return { state, close };
      },
    })),
    {
      name: 'the memory of tests',
      open: () => Promise.resolve({ state: new MemoryState(), close: () => Promise.resolve() }),
    },
  ];
