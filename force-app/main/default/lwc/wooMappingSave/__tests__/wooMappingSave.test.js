import { Saving } from 'c/wooMappingSave';

const PAUSE_MS = 3000;
const row = { type: 'Woo_Mapping__mdt', name: 'Order', label: 'Orders', values: { Active__c: false } };

/** A save whose deploy says one of `told` after the other. */
async function saved(...told) {
    jest.useFakeTimers();
    const states = [];
    const calls = {
        save: jest.fn(() => Promise.resolve('a0x1')),
        saved: jest.fn(() => Promise.resolve(told.shift())),
        notify: ({ state }) => states.push(state)
    };
    const saving = new Saving(calls);
    await saving.begin('Order', [row], []);
    return { saving, calls, states, wait: (times) => jest.advanceTimersByTimeAsync(times * PAUSE_MS) };
}

afterEach(() => jest.useRealTimers());

const refused = (message, more = {}) => ({ body: { message, ...more } });

describe('a save', () => {
    it('gives the rows and what was read, and asks until the deploy is over', async () => {
        const { calls, states, wait } = await saved({ state: 'running' }, { state: 'done', errors: [] });
        expect(calls.save).toHaveBeenCalledWith({
            mapping: 'Order',
            recordsJson: JSON.stringify([row]),
            beforeJson: '[]'
        });
        await wait(2);
        expect(calls.saved).toHaveBeenCalledWith({ id: 'a0x1' });
        expect(states).toEqual(['running', 'done']);
        await wait(5);
        expect(calls.saved).toHaveBeenCalledTimes(2);
    });

    it('keeps what the deploy refused, by record', async () => {
        const errors = [{ record: 'Woo_Mapping.Order', message: 'bad' }];
        const { saving, wait } = await saved({ state: 'failed', errors });
        await wait(1);
        expect([saving.state, saving.errors]).toEqual(['failed', errors]);
    });

    it('whose end is never heard of is unknown after three minutes', async () => {
        const { saving, calls, wait } = await saved();
        calls.saved.mockResolvedValue({ state: 'running' });
        await wait(70);
        expect(saving.state).toBe('unknown');
    });

    it('is heard of after looks that failed, which say nothing of it', async () => {
        const { saving, calls, states, wait } = await saved();
        calls.saved.mockRejectedValueOnce({ status: 503 }).mockRejectedValueOnce({ status: 401 });
        calls.saved.mockResolvedValueOnce(null).mockResolvedValue({ state: 'done', errors: [] });
        await wait(4);
        expect(states).toEqual(['running', 'done']);
        expect(saving.state).toBe('done');
    });

    it('that ends late is told of late, and is looked for no longer than a quarter of an hour', async () => {
        const { calls, states, wait } = await saved();
        calls.saved.mockRejectedValue({ status: 503 });
        await wait(100);
        calls.saved.mockResolvedValue({ state: 'failed', errors: [] });
        await wait(5);
        expect(states).toEqual(['running', 'unknown', 'failed']);
        const silent = await saved();
        silent.calls.saved.mockResolvedValue({ state: 'running' });
        await silent.wait(1000);
        expect(silent.states).toEqual(['running', 'unknown']);
        expect(silent.calls.saved).toHaveBeenCalledTimes(120);
    });

    it('is not taken for the one before, whose answer comes late', async () => {
        const { saving, calls, states, wait } = await saved();
        let answer;
        calls.saved.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
        await wait(1);
        calls.save.mockResolvedValue('a0x2');
        calls.saved.mockResolvedValue({ state: 'running' });
        await saving.begin('Order', [row], []);
        answer({ state: 'done', errors: [] });
        await wait(1);
        expect(states).toEqual(['running', 'running']);
        expect(calls.saved).toHaveBeenLastCalledWith({ id: 'a0x2' });
    });

    it.each([
        [refused('{"code":"SAVE_RUNNING","by":"Ann"}'), 'refused', { code: 'SAVE_RUNNING', by: 'Ann' }],
        [refused('Session expired', { errorCode: 'INVALID_SESSION_ID' }), 'session', null],
        [refused('{"broken"'), 'broken', null]
    ])('that is refused says by whom: %j', async (error, state, refusal) => {
        const calls = { save: () => Promise.reject(error), saved: jest.fn(), notify: jest.fn() };
        const saving = new Saving(calls);
        await saving.begin('Order', [], []);
        expect([saving.state, saving.refusal]).toEqual([state, refusal]);
        expect(saving.error).toBe(state === 'broken' ? error : null);
    });
});
