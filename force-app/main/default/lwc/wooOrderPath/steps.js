/** The way of an order that goes well. */
const road = ['pending', 'processing', 'completed'];
const ends = new Set(['cancelled', 'refunded', 'failed']);

/** How far an order came before it left the road: what was paid was processed, whatever its status says today. */
const reached = ({ paid, completed }) =>
    road.filter((status) => ({ pending: true, processing: paid, completed })[status]);

const done = (statuses) => statuses.map((status) => ({ status, state: 'done' }));
const ahead = (statuses) => statuses.map((status) => ({ status, state: 'ahead' }));

/**
 * The steps of an order. A status that WooCommerce itself does not have ends the path, since only the shop knows what
 * comes after it.
 * @param {string} status as WooCommerce names it
 * @param {{ paid: boolean, completed: boolean }} milestones that have a date
 * @returns {{ status: string, state: 'done'|'now'|'ended'|'ahead' }[]}
 */
export function stepsOf(status, milestones) {
    if (status === 'on-hold') return [...done(['pending']), { status, state: 'now' }, ...ahead(road.slice(1))];
    if (ends.has(status)) return [...done(reached(milestones)), { status, state: 'ended' }];
    const at = road.indexOf(status);
    if (at === -1) return [...done(reached(milestones)), { status, state: 'now' }];
    return [...done(road.slice(0, at)), { status, state: 'now' }, ...ahead(road.slice(at + 1))];
}

/** Whether a plugin of the shop made the status. */
export const isOwnStatus = (status) => !road.includes(status) && !ends.has(status) && status !== 'on-hold';
