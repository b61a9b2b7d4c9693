const PAUSE_MS = 3000;
/** The sync says at least every half a minute how far it is, and begins within one. */
const PATIENCE = 60;
/** What became of an issue follows its command by up to half a minute. */
const TAIL = 12;

/**
 * Looks again every three seconds while there is something to wait for and the page is visible. Gives up after three
 * minutes without any change, or sixty looks: then nobody seems to work on it.
 */
export class Poll {
    /**
     * @param {object} callbacks
     * @param {() => Promise<unknown>} callbacks.look asks again; whoever gets the answer calls `watch`
     * @param {() => void} callbacks.rested nothing is waited for any more, and the last words were waited for
     * @param {(error?: unknown) => void} callbacks.gaveUp nothing changed for too long, or asking failed
     * @param {(idle: number) => number} pauseOf milliseconds until the next look, after so many without a change
     */
    constructor(callbacks, pauseOf = () => PAUSE_MS) {
        this.callbacks = callbacks;
        this.pauseOf = pauseOf;
        this.mark = null;
        this.idle = 0;
        this.timer = undefined;
        this.isGivenUp = false;
    }

    /** @param {string|null} mark differs when something has happened; null when there is nothing to wait for */
    watch(mark) {
        if (mark === this.mark) return;
        this.mark = mark;
        this.renew();
    }

    /** Goes on with new patience where there is something to wait for. */
    renew() {
        this.idle = 0;
        this.isGivenUp = false;
        if (this.mark !== null) this.plan();
    }

    /** Looks for as long as something may come of what was just done, which nothing else tells of. */
    follow() {
        this.idle = 0;
        this.isGivenUp = false;
        this.plan();
    }

    /** For good, until something is watched again. */
    stop() {
        this.mark = null;
        this.isGivenUp = true;
        clearTimeout(this.timer);
        this.timer = undefined;
    }

    plan() {
        if (this.timer !== undefined || this.isGivenUp) return;
        // Nothing tells a page that a record has changed without a streaming API, which not all users may use.
        // eslint-disable-next-line @lwc/lwc/no-async-operation
        this.timer = setTimeout(() => {
            this.timer = undefined;
            if (document.visibilityState === 'hidden') this.plan();
            else this.look();
        }, this.pauseOf(this.idle));
    }

    /** Looks now. */
    async look() {
        this.idle += 1;
        try {
            await this.callbacks.look();
        } catch (error) {
            this.isGivenUp = true;
            this.callbacks.gaveUp(error);
        }
        if (this.isGivenUp) return;
        if (this.idle < (this.mark === null ? TAIL : PATIENCE)) this.plan();
        else if (this.mark === null) this.callbacks.rested();
        else {
            this.isGivenUp = true;
            this.callbacks.gaveUp();
        }
    }
}
