const PREFIX = 'c-woo-mapping-editor:';

/** What is typed and not saved, kept in the browser's tab: it survives a reload and a session that ends. */
export class Kept {
    /** @param {string} name of the mapping as it was opened */
    constructor(name, storage = window.sessionStorage) {
        this.key = PREFIX + name;
        this.storage = storage;
    }

    /** @returns {string[]} of the mappings of which something is kept */
    static names(storage = window.sessionStorage) {
        const keys = Array.from({ length: storage.length }, (_, at) => storage.key(at));
        return keys.filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
    }

    /** @param {object|null} before the draft as the org had it */
    put(before, draft) {
        // What the org has is read anew; full or forbidden storage must not stop anybody from typing.
        const content = { before: before && { ...before, org: null }, draft: { ...draft, org: null } };
        try {
            this.storage.setItem(this.key, JSON.stringify(content));
        } catch {
            this.remove();
        }
    }

    /** @returns {{ before: object|null, draft: object }|null} */
    get(org) {
        try {
            const content = JSON.parse(this.storage.getItem(this.key));
            if (content === null) return null;
            const { before, draft } = content;
            return { before: before && { ...before, org }, draft: { ...draft, org } };
        } catch {
            return null;
        }
    }

    remove() {
        try {
            this.storage.removeItem(this.key);
        } catch {
            // Nothing was kept.
        }
    }
}
