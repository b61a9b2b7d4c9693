import { format, formatNumber } from 'c/wooFormat';
import { words } from 'c/wooMappingWords';
import { label } from './labels';
import { countOf, issuesOf } from './state';

const STATES = {
    on: { text: label.on, badge: 'slds-theme_success' },
    off: { text: label.off, badge: '' },
    held: { text: label.held, badge: 'slds-theme_error' }
};

/** How many rows are on, and how many are off. */
const rowsText = (on, off) => (off.length > 0 ? format(label.withOff, on.length, off.length) : String(on.length));

function stateOf({ isActive }, held) {
    if (!isActive) return 'off';
    return held ? 'held' : 'on';
}

/** What a mapping is from and to, as people call it. */
export function aboutOf({ resource, contentType, object }, objects) {
    const name = objects.find((one) => one.name === object)?.label ?? object ?? '?';
    const type = resource === 'content' && contentType ? ` (${contentType})` : '';
    return `${words.resource[resource] ?? resource ?? '?'}${type} → ${name}`;
}

function numbersOf({ fields, conditions, off }, { issues, count, isShared }) {
    return [
        { name: label.fields, value: rowsText(fields, off.fields) },
        { name: label.conditions, value: rowsText(conditions, off.conditions) },
        ...(count
            ? [
                  {
                      name: isShared ? label.recordsOfObject : label.records,
                      value: formatNumber(count.records)
                  }
              ]
            : []),
        ...(issues > 0 ? [{ name: label.issues, value: formatNumber(issues) }] : [])
    ];
}

/** @param {object[]} shown drafts of all mappings */
function viewOf(draft, { objects, state, counts }, shown) {
    const { mapping } = draft;
    const held = state?.held.get(mapping.name) ?? null;
    const key = stateOf(draft, held);
    const connection = counts.get(mapping);
    const count = connection && state ? countOf(connection, state.users) : null;
    const isShared = shown.filter((one) => one.mapping.object === mapping.object).length > 1;
    const running = shown.filter(({ isActive }) => isActive).map((one) => one.mapping);
    const issues = state ? issuesOf(state, mapping, running) : 0;
    // Records do not say which mapping wrote them.
    const ofObject = isShared ? null : (count?.lastWritten ?? null);
    return {
        name: mapping.name,
        label: mapping.label,
        about: aboutOf(mapping, objects),
        direction: words.direction[mapping.direction] ?? words.direction.to_salesforce,
        isActive: draft.isActive,
        state: STATES[key],
        held: key === 'held' ? held : null,
        numbers: numbersOf(draft, { issues, count, isShared }),
        lastWritten: state?.written.get(mapping.name) ?? ofObject
    };
}

/**
 * The mappings as the page shows them, by store: those of every store first.
 * @param {object[]} drafts
 * @param {{ objects: object[], state: object|undefined, counts: object }} known
 * @returns {{ key: string, label: string, mappings: object[] }[]} without a label where there is one store at the most
 */
export function sectionsOf(drafts, known) {
    const shown = drafts.filter(({ isRemoved }) => !isRemoved);
    const stores = drafts[0]?.org.stores ?? [];
    const keys = [null, ...new Set(shown.map(({ mapping }) => mapping.store).filter(Boolean))];
    const nameOf = (key) => stores.find((one) => one.key === key)?.label ?? key;
    return keys
        .map((key) => ({
            key: key ?? '*',
            label: key === null ? label.everyStore : nameOf(key),
            mappings: shown
                .filter(({ mapping }) => (mapping.store ?? null) === key)
                .map((draft) => viewOf(draft, known, shown))
        }))
        .filter(({ mappings }) => mappings.length > 0)
        .map((section, _, all) => (all.length > 1 || stores.length > 1 ? section : { ...section, label: null }));
}
