import { afterEach, expect, it } from 'vitest';
import { stopSignal } from '../shared/stop-signal.ts';

const names = ['SIGINT', 'SIGTERM'] as const;
const before = new Map(names.map((name) => [name, process.listeners(name)]));

afterEach(() => {
  for (const name of names) {
    for (const listener of process.listeners(name)) {
      if (!before.get(name)?.includes(listener)) process.off(name, listener);
    }
  }
});

it.each(names)('%s aborts, and a second one does not end the process', (name) => {
  const signal = stopSignal();
  expect(signal.aborted).toBe(false);
  // Without a listener Node would end this process instead of emitting.
  expect(process.emit(name)).toBe(true);
  expect(signal.aborted).toBe(true);
  expect(process.listeners(name).length).toBe((before.get(name)?.length ?? 0) + 1);
});
