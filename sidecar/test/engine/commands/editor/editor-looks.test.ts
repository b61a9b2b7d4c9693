import { describe, expect, it } from 'vitest';
import { EditorLooks } from '../../../../src/engine/commands/editor/editor-looks.ts';
import { purpose } from '../../../../src/lib/call-purpose.ts';
import { scene } from './editor-scene.ts';
import { unlimitedBudgets } from '../../../support/unlimited-budgets.ts';

/** Looks on a clock whose sleeps pass at once. */
function looks(onLook: (seconds: number) => boolean = () => true, publicUrl: string | null = null) {
  const stop = new AbortController();
  const clock = {
    at: 0,
    now: () => new Date(clock.at),
    sleep: (milliseconds: number) => {
      clock.at += milliseconds;
      return Promise.resolve();
    },
  };
  const looked: number[] = [];
  const logged: object[] = [];
  const log = (fields: object) => void logged.push(fields);
  const editor = new EditorLooks({
    budgets: unlimitedBudgets,
    clock,
    publicUrl,
    signal: stop.signal,
    log: { info: log, warn: log, error: log },
    look: () => {
      looked.push(clock.at / 1000);
      return Promise.resolve(onLook(clock.at / 1000));
    },
  });
  return { editor, looked, logged, stop, clock };
}

const every2 = (from: number, to: number) =>
  Array.from({ length: (to - from) / 2 }, (_, at) => from + 2 * at);

describe('EditorLooks', () => {
  it('looks every two seconds until two minutes after the last command of the editor', async () => {
    const opened = looks((seconds) => {
      if (seconds === 60) opened.editor.extend();
      return true;
    });
    opened.editor.extend();
    expect(opened.editor.looking).toEqual({ seconds: 2, calls: 0 });
    await opened.editor.idle();
    expect(opened.looked).toEqual(every2(2, 180));
    expect(opened.editor.looking).toBeNull();
    expect(opened.logged).toEqual([{ seconds: 2 }, { calls: 89 }]);
    opened.editor.extend();
    expect(opened.editor.looking).toEqual({ seconds: 2, calls: 0 });
    await opened.editor.idle();
    expect(opened.looked).toHaveLength(89 + 59);
  });

  it('tells how many calls that has taken so far, under a name of its own', async () => {
    const told: unknown[] = [];
    const { editor } = looks((seconds) => {
      if (seconds <= 6) told.push([editor.looking?.calls, purpose()]);
      return true;
    });
    editor.extend();
    await editor.idle();
    const name = 'commands of the mapping editor';
    expect(told).toEqual([
      [1, name],
      [2, name],
      [3, name],
    ]);
  });

  it('looks for nothing where messages tell of commands', async () => {
    const { editor, looked } = looks(() => true, 'https://sync.example');
    editor.extend();
    await editor.idle();
    expect([looked, editor.looking]).toEqual([[], null]);
  });

  it('leaves an org alone that does not tell, and ends with the process', async () => {
    const out = looks((seconds) => seconds < 10);
    out.editor.extend();
    await out.editor.idle();
    expect(out.looked).toEqual(every2(2, 12));
    const ended = looks((seconds) => {
      if (seconds === 4) ended.stop.abort();
      return true;
    });
    ended.editor.extend();
    await ended.editor.idle();
    expect(ended.looked).toEqual([2, 4]);
    ended.editor.extend();
    expect(ended.editor.looking).toBeNull();
  });
});

describe('commands of the editor', () => {
  const asked = { object: 'Woo_Order__c', resource: 'order' };

  it('are found without a message while it is open, and say what that takes', async () => {
    const { org, answer, logged } = scene(undefined, undefined, { publicUrl: null });
    const first = await answer('describe_mapping', asked);
    expect(first['looking']).toEqual({ seconds: 2, calls: 0 });
    expect(logged.map(({ message }) => message)).toContain('no mapping is edited any more');
    // The next one is given while it is looked for, and nobody looks by hand.
    let [before, later] = [0, ''];
    org.onCall = () => {
      before += 1;
      if (before === 12)
        later = org.command('describe_mapping', { Arguments__c: JSON.stringify(asked) });
    };
    await answer('describe_mapping', asked);
    expect(org.at(later)).toMatchObject({ State__c: 'done' });
    const { looking } = JSON.parse(String(org.at(later)['Result__c'])) as {
      looking: { calls: number };
    };
    expect(looking.calls).toBeGreaterThan(0);
  });

  it('of other kinds have nothing looked for', async () => {
    const { run, org } = scene(undefined, undefined, { publicUrl: null });
    await run('reload');
    const { calls } = org;
    const opened = scene();
    await opened.answer('describe_mapping', asked);
    expect({ reload: calls, withMessages: opened.org.calls }).toEqual({
      reload: 4,
      withMessages: 4,
    });
  });
});
