import { outcomeOf } from './answer';

/** Who waits for which command. */
export class Waiters {
    /** By the id of the command. */
    all = new Map();

    get ids() {
        return [...this.all.keys()];
    }

    /** Differs when something has happened; null when nobody waits. */
    get mark() {
        return this.all.size === 0 ? null : JSON.stringify([...this.all].map(([id, { state }]) => [id, state]));
    }

    /** @returns {Promise<object>} the answer of the command */
    add(id) {
        return new Promise((resolve, reject) => {
            this.all.set(id, { resolve, reject, state: null });
        });
    }

    /** Takes what the org has of these commands. */
    take(ids, nodes) {
        for (const id of ids) {
            const node = nodes.find(({ Id }) => Id === id);
            const outcome = outcomeOf(node);
            const waiter = this.all.get(id);
            if (!waiter) continue;
            waiter.state = node?.State__c?.value;
            if (outcome === null) continue;
            this.all.delete(id);
            if (outcome.error) waiter.reject(outcome.error);
            else waiter.resolve(outcome.value);
        }
    }

    /** @returns {boolean} whether somebody has waited */
    reject(id, error) {
        this.all.get(id)?.reject(error);
        return this.all.delete(id);
    }
}
