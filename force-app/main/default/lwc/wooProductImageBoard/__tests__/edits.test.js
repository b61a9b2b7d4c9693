import { Edits } from '../edits';
import { readImages } from 'c/wooProductImageIds';

const [A, B, C, D] = [1, 2, 3, 4].map((n) => `069Hp000000000${n}IAA`);
const dates = [0, 1, 2, 3, 4].map((n) => `2026-11-20T10:00:0${n}.000Z`);
const version = (featured, gallery, modified = dates[0], by = 'Mia Weber') => ({
    texts: { featured, gallery },
    images: readImages(featured, gallery),
    modified,
    by
});
const collision = {
    status: 400,
    body: { message: 'No', output: { errors: [{ errorCode: 'CollisionDetectedException' }] } }
};
const flush = () => new Promise(process.nextTick);

/** Edits of a product with A featured and B, C in the gallery; `write` answers when the test says so. */
function opened() {
    const calls = { write: jest.fn(), reload: jest.fn(), notify: jest.fn() };
    const answers = [];
    calls.write.mockImplementation(() => new Promise((resolve, reject) => answers.push({ resolve, reject })));
    const edits = new Edits(calls);
    edits.adopt(version(A, `${B};${C}`));
    return { edits, calls, answers };
}

describe('edits', () => {
    it('are shown at once and saved by one call with what differs', async () => {
        const { edits, calls, answers } = opened();
        expect(edits.apply([{ kind: 'place', key: C, before: B }], 13)).toBe(true);
        expect(edits.state).toMatchObject({ phase: 'saving', shown: { gallery: [C, B] } });
        expect(calls.write.mock.calls).toEqual([[{ gallery: `${C};${B}` }, dates[0]]]);
        answers[0].resolve(dates[1]);
        await flush();
        expect(edits.state).toMatchObject({ phase: 'saved', canUndo: true });
        expect(calls.notify).toHaveBeenCalledTimes(2);
    });

    it('wait for each other, go together and use the newest date', async () => {
        const { edits, calls, answers } = opened();
        edits.apply([{ kind: 'remove', key: B }], 13);
        edits.apply([{ kind: 'place', key: D }], 13);
        edits.apply([{ kind: 'feature', key: D }], 13);
        expect(calls.write).toHaveBeenCalledTimes(1);
        answers[0].resolve(dates[1]);
        await flush();
        expect(calls.write.mock.calls[1]).toEqual([{ featured: D, gallery: `${C};${A}` }, dates[1]]);
        answers[1].resolve(dates[2]);
        await flush();
        expect(calls.write).toHaveBeenCalledTimes(2);
        expect(edits.modified).toBe(dates[2]);
    });

    it('write ids as the fields want them, also what was not changed now', () => {
        const { edits, calls } = opened();
        edits.adopt(version(A, `${B.slice(0, 15)} ${A}`, dates[1]));
        edits.apply([{ kind: 'remove', key: A }], 13);
        expect(calls.write.mock.calls[0][0]).toEqual({ featured: null, gallery: B });
    });

    it('roll back when a save fails, with everything that waited behind it', async () => {
        const { edits, answers } = opened();
        edits.apply([{ kind: 'remove', key: B }], 13);
        edits.apply([{ kind: 'remove', key: C }], 13);
        const error = { status: 400, body: { message: 'No' } };
        answers[0].reject(error);
        await flush();
        expect(edits.state).toMatchObject({ phase: 'idle', errors: error, shown: { gallery: [B, C] }, canUndo: false });
        edits.dismiss();
        expect(edits.state.errors).toBeUndefined();
    });

    it('bring the state before the last save back', async () => {
        const { edits, calls, answers } = opened();
        edits.apply([{ kind: 'remove', key: B }], 13);
        answers[0].resolve(dates[1]);
        await flush();
        edits.undo();
        expect(calls.write.mock.calls[1]).toEqual([{ gallery: `${B};${C}` }, dates[1]]);
    });

    it('go on over a change of other fields, and give up when there is no end to them', async () => {
        const { edits, calls, answers } = opened();
        calls.reload.mockResolvedValue(version(A, `${B};${C}`, dates[3]));
        edits.apply([{ kind: 'remove', key: B }], 13);
        answers[0].reject(collision);
        await flush();
        expect(calls.write.mock.calls[1]).toEqual([{ gallery: C }, dates[3]]);
        answers[1].reject(collision);
        await flush();
        answers[2].reject(collision);
        await flush();
        expect(calls.write).toHaveBeenCalledTimes(3);
        expect(edits.state).toMatchObject({ errors: collision, shown: { gallery: [B, C] } });
    });

    it('never overwrite what somebody else did: show that, and make the own change again when asked', async () => {
        const { edits, calls, answers } = opened();
        calls.reload.mockResolvedValue(version(B, `${C};${D}`, dates[3], 'Ada'));
        edits.apply([{ kind: 'remove', key: C }], 13);
        answers[0].reject(collision);
        await flush();
        expect(calls.write).toHaveBeenCalledTimes(1);
        expect(edits.state).toMatchObject({
            phase: 'idle',
            conflict: { by: 'Ada', changes: [{ kind: 'remove', key: C }] },
            shown: { featured: [B], gallery: [C, D] }
        });
        expect(edits.applyMine(13)).toBe(true);
        expect(calls.write.mock.calls[1]).toEqual([{ gallery: D }, dates[3]]);
        expect(edits.state.conflict).toBeUndefined();
    });

    it('offer no undo again that would take away what somebody else did', async () => {
        const { edits, calls, answers } = opened();
        calls.reload.mockResolvedValue(version(null, null, dates[3]));
        edits.apply([{ kind: 'remove', key: C }], 13);
        answers[0].resolve(dates[1]);
        await flush();
        edits.undo();
        answers[1].reject(collision);
        await flush();
        expect(edits.state.conflict.changes).toEqual([]);
    });

    it('know a collision by its status or by its code', async () => {
        const others = [{ status: 412 }, { status: 400, body: { errorCode: 'PRECONDITION_FAILED' } }];
        for (const error of others) {
            const { edits, calls, answers } = opened();
            calls.reload.mockResolvedValue(version(B, null, dates[3]));
            edits.apply([{ kind: 'remove', key: C }], 13);
            answers[0].reject(error);
            // eslint-disable-next-line no-await-in-loop
            await flush();
            expect(edits.state.conflict.by).toBe('Mia Weber');
        }
    });

    it('say so when the newest state cannot be read', async () => {
        const { edits, calls, answers } = opened();
        calls.reload.mockRejectedValue({ message: 'Gone' });
        edits.apply([{ kind: 'remove', key: C }], 13);
        answers[0].reject(collision);
        await flush();
        expect(edits.state).toMatchObject({ errors: { message: 'Gone' }, shown: { gallery: [B, C] } });
    });

    it('take over what others save, and neither older states nor any during a save', async () => {
        const { edits, answers } = opened();
        edits.adopt(version(B, null, dates[2]));
        expect(edits.state.shown).toEqual({ featured: [B], gallery: [] });
        edits.adopt(version(A, null, dates[1]));
        expect(edits.state.shown.featured).toEqual([B]);
        edits.apply([{ kind: 'place', key: C }], 13);
        edits.adopt(version(D, null, dates[4]));
        expect(edits.state.shown).toEqual({ featured: [B], gallery: [C] });
        answers[0].resolve(dates[3]);
        await flush();
        edits.adopt(version(B, C, dates[3]));
        expect(edits.state).toMatchObject({ phase: 'saved', canUndo: true });
        edits.adopt(version(B, null, dates[4]));
        expect(edits.state).toMatchObject({ phase: 'idle', canUndo: false });
    });
});
