import { isConflict } from 'c/wooErrors';
import { writeImages } from 'c/wooProductImageIds';
import { changed, isSame } from './changes';

/** How often a change is tried again while other fields of the product change. */
const RETRIES = 2;

const NOTHING = { featured: [], gallery: [] };

/** What must be written so that the fields hold `next`. */
function differences(texts, next) {
    return Object.fromEntries(Object.entries(next).filter(([field, text]) => text !== (texts[field] ?? null)));
}

/**
 * The images as the fields hold them, the ones that are shown, and the changes on their way between the two: shown at
 * once, saved one call after the other, rolled back when a save fails. A version is
 * `{ texts: { featured, gallery }, images, modified, by }`.
 */
export class Edits {
    texts = {};
    saved = NOTHING;
    shown = NOTHING;
    /** `idle`, `saving` or `saved` */
    phase = 'idle';
    waiting = [];

    /**
     * @param {object} calls
     * @param {(texts: object, modified: string) => Promise<string>} calls.write saves what differs, gives the new date
     * @param {() => Promise<object>} calls.reload gives the version that the product has now
     * @param {() => void} calls.notify tells that something here has changed
     */
    constructor(calls) {
        this.calls = calls;
    }

    /** What is to be shown now. */
    get state() {
        const { shown, phase, errors, conflict } = this;
        return { shown, phase, errors, conflict, canUndo: phase === 'saved' && this.undoable !== undefined };
    }

    /** Takes over what the product holds, unless it is older than what is known or a save is under way. */
    adopt(version) {
        if (this.phase === 'saving' || Date.parse(version.modified) < Date.parse(this.modified)) return;
        const isNew = !isSame(version.images, this.saved);
        this.take(version);
        if (!isNew) return;
        this.show(version.images);
        this.phase = 'idle';
        this.undoable = undefined;
    }

    take({ texts, modified }) {
        this.texts = texts;
        this.modified = modified;
    }

    show(images) {
        this.saved = images;
        this.shown = images;
        this.waiting = [];
    }

    /**
     * @param {object[]} changes in their order; see `changed`
     * @returns {boolean} whether they change anything
     */
    apply(changes, capacity) {
        const next = changes.reduce((images, change) => changed(images, change, capacity), this.shown);
        if (next === this.shown) return false;
        this.shown = next;
        this.waiting.push(...changes);
        this.errors = undefined;
        this.conflict = undefined;
        if (this.phase === 'saving') this.calls.notify();
        else this.save();
        return true;
    }

    undo() {
        return this.apply([{ kind: 'restore', images: this.undoable }]);
    }

    /** Makes the changes that met somebody else's, on top of those. */
    applyMine(capacity) {
        const { changes } = this.conflict;
        this.conflict = undefined;
        return this.apply(changes, capacity);
    }

    dismiss() {
        this.conflict = undefined;
        this.errors = undefined;
        this.calls.notify();
    }

    async save() {
        this.phase = 'saving';
        this.calls.notify();
        try {
            let retries = 0;
            while (this.waiting.length > 0) {
                // Each call waits for the one before: it needs the date that one gave.
                // eslint-disable-next-line no-await-in-loop
                retries = (await this.saveOnce(retries)) ? 0 : retries + 1;
            }
            this.phase = this.conflict ? 'idle' : 'saved';
        } catch (error) {
            this.show(this.saved);
            this.errors = error;
            this.phase = 'idle';
        }
        this.calls.notify();
    }

    /** @returns {Promise<boolean>} false when the product had changed meanwhile */
    async saveOnce(retries) {
        const { saved, shown } = this;
        const count = this.waiting.length;
        const texts = writeImages(shown);
        try {
            if (!isSame(saved, shown)) {
                const modified = await this.calls.write(differences(this.texts, texts), this.modified);
                this.take({ texts, modified });
            }
        } catch (error) {
            if (!isConflict(error) || retries === RETRIES) throw error;
            await this.meet();
            return false;
        }
        this.saved = shown;
        this.undoable = saved;
        this.waiting.splice(0, count);
        return true;
    }

    /** Somebody saved the product. Where the images are still the same, the change is tried again as it is. */
    async meet() {
        const version = await this.calls.reload();
        this.take(version);
        if (isSame(version.images, this.saved)) return;
        // To bring an old state back would take away what the other person did.
        const changes = this.waiting.filter(({ kind }) => kind !== 'restore');
        this.show(version.images);
        this.undoable = undefined;
        this.conflict = { by: version.by, changes };
    }
}
