import { describe, expect, it } from 'vitest';
import { CodedError } from '../../../src/errors/coded-error.ts';
import { PartlyWritten } from '../../../src/ports/org.ts';
import { CountingPage, mappingTo, upsert } from '../../support/rows.ts';
import { Recorder, created, refusal, writerTo } from './recorder.ts';

describe('calls of the writer', () => {
  it('saves the results of one call at a time', async () => {
    const recorder = new Recorder(created);
    let saving = 0;
    let most = 0;
    recorder.state.didWrite = async () => {
      most = Math.max(most, (saving += 1));
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      saving -= 1;
      return [];
    };
    const mapping = mappingTo('Order');
    const rows = Array.from({ length: 3500 }, (_, at) => upsert('Order', `o${at}`, { mapping }));
    const { writer } = writerTo(recorder, rows);
    await writer.add(rows);
    await writer.flush();
    expect(recorder.calls).toHaveLength(4);
    expect(most).toBe(1);
  });

  describe('while the org works on a call', () => {
    /** A writer whose calls are answered one by one, and rows for it. */
    function held(count: number) {
      const recorder = new Recorder(created);
      const mapping = mappingTo('Order');
      const rows = Array.from({ length: count }, (_, at) => upsert('Order', `o${at}`, { mapping }));
      const { writer } = writerTo(recorder, rows);
      const { write } = recorder.org;
      const answers: PromiseWithResolvers<undefined>[] = [];
      recorder.org.write = async (collections) => {
        const answer = Promise.withResolvers<undefined>();
        answers.push(answer);
        await answer.promise;
        return write(collections);
      };
      return { writer, rows, recorder, answers };
    }

    it('takes rows for the next one, and sends it without being asked', async () => {
      const { writer, rows, answers } = held(2500);
      await writer.add(rows.slice(0, 1500));
      await writer.add(rows.slice(1500));
      expect(answers).toHaveLength(1);
      answers[0]?.resolve(undefined);
      await expect.poll(() => answers.length).toBe(2);
      answers[1]?.resolve(undefined);
      const flushed = writer.flush();
      await expect.poll(() => answers.length).toBe(3);
      answers[2]?.resolve(undefined);
      await flushed;
    });

    it('lets whoever brings more wait', async () => {
      const { writer, rows, recorder, answers } = held(4000);
      const added = writer.add(rows).then(() => recorder.calls.length);
      await expect.poll(() => answers.length).toBe(1);
      answers[0]?.resolve(undefined);
      // One call was carried out when the rows were taken: one is under way, and two wait.
      expect(await added).toBe(1);
    });

    it('sends no other beside it, though rows for one come while all are flushed', async () => {
      const { writer, rows, answers } = held(1500);
      await writer.add(rows.slice(0, 500));
      const flushed = writer.flush();
      await writer.add(rows.slice(500));
      await new Promise(setImmediate);
      expect(answers).toHaveLength(1);
      answers[0]?.resolve(undefined);
      await expect.poll(() => answers.length).toBe(2);
      answers[1]?.resolve(undefined);
      await flushed;
    });

    it('tells whoever brings more that the org is away', async () => {
      const { writer, rows, answers } = held(4000);
      await writer.add(rows.slice(0, 1000));
      answers[0]?.reject(new Error('org is away'));
      // Nobody waits for it yet.
      await new Promise(setImmediate);
      await expect(writer.add(rows.slice(1000))).rejects.toThrow('org is away');
      await expect(writer.flush()).rejects.toThrow('org is away');
      expect(answers).toHaveLength(1);
    });
  });

  it('remembers what an org has taken before it took no changes any more, and reads the page again', async () => {
    const recorder = new Recorder(created);
    const page = new CountingPage();
    const [taken, refused, bad] = ['o1', 'o2', 'o3'].map((key) => upsert('Order', key, { page }));
    const rows = [taken, refused, bad].flatMap((row) => row ?? []);
    const released: string[] = [];
    const { writer, report } = writerTo(recorder, rows, {
      size: 0,
      take: () => [],
      took: () => Promise.resolve(),
      made: () => Promise.resolve(),
      release: () => Promise.resolve(void released.push('totals')),
    });
    const over = new CodedError('SF_READ_ONLY', 'It takes no changes.', 'Wait.');
    const results = [
      { id: 'a01', created: true, errors: [] },
      refusal('INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE', 'retry'),
      refusal('STRING_TOO_LONG', 'permanent'),
    ];
    recorder.org.write = () => Promise.reject(new PartlyWritten(over, [results]));
    await writer.add(rows);
    await expect(writer.flush()).rejects.toMatchObject({ code: 'SF_READ_ONLY' });
    expect(released).toEqual(['totals']);
    expect(recorder.saved).toMatchObject([{ key: 'o1', recordId: 'a01' }]);
    // What else was refused is said when it is read again.
    expect(report.rows[0]).toMatchObject({ created: 1, failed: 0 });
    expect(page.open).toBe(3);
  });

  it('passes an outage on instead of going on without the org', async () => {
    const recorder = new Recorder(created);
    const entry = upsert('Order', 'o1');
    const { writer } = writerTo(recorder, [entry]);
    recorder.org.write = () => Promise.reject(new Error('org is away'));
    await writer.add([entry]);
    await expect(writer.flush()).rejects.toThrow('org is away');
    expect(recorder.saved).toEqual([]);
  });
});
