import { isSessionOver } from 'c/wooErrors';
import { Poll } from 'c/wooSyncPoll';

/** What Apex says when it refuses: `{ code, by, records }`; null for any other error. */
function refusalOf(error) {
    try {
        const told = JSON.parse(error.body.message);
        return typeof told.code === 'string' ? told : null;
    } catch {
        return null;
    }
}

/**
 * One save after the other: `idle`, `running`, then `done`, `failed` (the deploy says why, by record), `refused` (Apex
 * says why, by code), `session` (the user has to log in again), `broken` (any other error) or `unknown` (no end was heard
 * of).
 */
export class Saving {
    state = 'idle';
    errors = [];
    refusal = null;
    error = null;

    /**
     * @param {object} calls
     * @param {(asked: { mapping: string, recordsJson: string, beforeJson: string }) => Promise<string>} calls.save
     * @param {(asked: { id: string }) => Promise<object>} calls.saved
     * @param {(saving: Saving) => void} calls.notify when the state is another
     */
    constructor(calls) {
        this.calls = calls;
        this.poll = new Poll({
            look: async () => this.take(await this.calls.saved({ id: this.id })),
            rested: () => undefined,
            gaveUp: () => this.become('unknown')
        });
    }

    get isRunning() {
        return this.state === 'running';
    }

    become(state, more = {}) {
        Object.assign(this, { state, errors: [], refusal: null, error: null }, more);
        this.calls.notify(this);
    }

    async begin(mapping, records, before) {
        this.become('running');
        try {
            this.id = await this.calls.save({
                mapping,
                recordsJson: JSON.stringify(records),
                beforeJson: JSON.stringify(before)
            });
            this.poll.watch(this.id);
        } catch (error) {
            const refusal = refusalOf(error);
            if (refusal) this.become('refused', { refusal });
            else if (isSessionOver(error)) this.become('session');
            else this.become('broken', { error });
        }
    }

    take({ state, errors }) {
        if (state === 'running') return;
        this.poll.stop();
        this.become(state, { errors: errors ?? [] });
    }

    reset() {
        this.poll.stop();
        this.become('idle');
    }
}
