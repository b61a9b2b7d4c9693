import { isSessionOver } from 'c/wooErrors';
import { Poll } from 'c/wooSyncPoll';

const PAUSE_MS = 3000;
/** Once no end was heard of for three minutes: for a quarter of an hour more, longer than the org lets a save run. */
const LATE_PAUSE_MS = 15000;

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
 * of yet: one that is heard of late still counts).
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
        this.poll = new Poll(
            { look: () => this.look(), rested: () => undefined, gaveUp: () => this.lookLess() },
            () => {
                return this.isRunning ? PAUSE_MS : LATE_PAUSE_MS;
            }
        );
    }

    get isRunning() {
        return this.state === 'running';
    }

    become(state, more = {}) {
        Object.assign(this, { state, errors: [], refusal: null, error: null }, more);
        this.calls.notify(this);
    }

    async begin(mapping, records, before) {
        this.poll.stop();
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

    /** A look that fails says nothing of the save, which goes on in the org: the next one may be answered. */
    async look() {
        const { id } = this;
        const save = await this.calls.saved({ id }).catch(() => null);
        // Meanwhile the page may be gone, or another save begun.
        if (this.poll.mark === id && save) this.take(save);
    }

    lookLess() {
        if (!this.isRunning) return;
        this.become('unknown');
        this.poll.renew();
    }

    /** Nobody wants to hear an end that comes late: what is typed since stays, and the next save meets what is there. */
    goOn() {
        if (this.state === 'unknown') this.poll.stop();
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
