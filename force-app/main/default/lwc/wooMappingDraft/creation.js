import { conditionName, fieldName, freeName, labelOf } from './names';
import { RECIPES } from './recipes';
import { PROJECT } from './templates';
import { TYPES, blank } from './words';

const EMPTY = { key: 'Empty', group: 'empty', recipe: null, fields: [], conditions: [] };

const withLabel = (row) => ({ ...row, label: row.label ?? row.name.replaceAll('_', ' ') });

function fieldOf(mapping, [field, attribute, more]) {
    const name = freeName(fieldName(mapping, field), []);
    return withLabel({ ...blank('field'), name, field, attribute, ...more });
}

function conditionOf(mapping, [attribute, operator, value, more], at) {
    const position = at + 1;
    const name = conditionName(mapping, position);
    return withLabel({ ...blank('condition'), name, position, attribute, operator, value, ...more });
}

/** What a mapping can start with, whole: `key`, `group`, `recipe` where it needs one, and the rows. */
export const TEMPLATES = [...PROJECT, ...RECIPES, { ...EMPTY, mapping: { name: 'Mapping', label: '' } }].map(
    (source) => ({
        ...source,
        mapping: { ...blank('mapping'), ...source.mapping },
        fields: source.fields.map((row) => fieldOf(source.mapping.name, row)),
        conditions: source.conditions.map((row, at) => conditionOf(source.mapping.name, row, at))
    })
);

/** Names for all rows of a mapping, none of which the org has. */
function named(rows, taken, textOf) {
    const used = [...taken];
    return rows.map((row) => {
        const name = freeName(textOf(row), used);
        used.push(name);
        return { ...row, name };
    });
}

/** The name of a row with the name of another mapping before it. */
const renamed = (from, to) => (row) => (row.name.startsWith(`${from}_`) ? to + row.name.slice(from.length) : row.name);

/** A mapping of the rows of another. */
function made({ mapping, fields, conditions }, { name, label }, org) {
    const rename = renamed(mapping.name, name);
    return {
        mapping: { ...mapping, name, label: labelOf(label) },
        fields: named(fields, org.taken[TYPES.field], rename),
        conditions: named(conditions, org.taken[TYPES.condition], rename),
        off: { fields: [], conditions: [] },
        isActive: mapping.active,
        isRemoved: false,
        read: [],
        org
    };
}

/**
 * A mapping to start with.
 * @param {string} template key of one of `TEMPLATES`
 * @param {object} org as `orgOf` gives it
 * @returns {object|null} null where there is no such template
 */
export function newDraft(template, org) {
    const source = TEMPLATES.find(({ key }) => key === template);
    if (!source) return null;
    const { name, label } = source.mapping;
    return made(source, { name: freeName(name, org.taken[TYPES.mapping]), label }, org);
}

/** A copy of a mapping. It is off at first: two that write the same records are in each other's way. */
export function duplicateOf({ mapping, fields, conditions, org }) {
    const name = freeName(mapping.name, org.taken[TYPES.mapping]);
    const number = /_(\d+)$/.exec(name)?.[1] ?? '2';
    const label = `${labelOf(mapping.label).slice(0, 36)} ${number}`;
    return made({ mapping: { ...mapping, active: false }, fields, conditions }, { name, label }, org);
}

/** A new mapping under another name, and its rows with it. */
export function withName(draft, text, label) {
    const { resource, object } = draft.mapping;
    const instead = [resource, object?.replace(/__c$/, '')].filter(Boolean).join('_') || undefined;
    const name = freeName(text, draft.org.taken[TYPES.mapping], instead);
    return made(draft, { name, label }, draft.org);
}

const namesOf = ({ fields, conditions, off, org }) => ({
    fields: [...org.taken[TYPES.field], ...[...fields, ...off.fields].map(({ name }) => name)],
    conditions: [...org.taken[TYPES.condition], ...[...conditions, ...off.conditions].map(({ name }) => name)]
});

/** The draft with one more field mapping. @param {object} values in the engine's words */
export function withField(draft, values = {}) {
    const name = freeName(fieldName(draft.mapping.name, values.field), namesOf(draft).fields);
    const field = { ...blank('field'), label: null, ...values, name, isUnnamed: true };
    return { ...draft, fields: [...draft.fields, field] };
}

/** The draft with one more condition, behind the others. @param {object} values in the engine's words */
export function withCondition(draft, values = {}) {
    const last = Math.max(0, ...draft.conditions.map(({ position }) => position ?? 0));
    const position = last + 1;
    const name = freeName(conditionName(draft.mapping.name, position), namesOf(draft).conditions);
    const condition = { ...blank('condition'), label: null, position, ...values, name, isUnnamed: true };
    return { ...draft, conditions: [...draft.conditions, condition] };
}

const on = (row) => ({ ...row, active: true });

/** A mapping that was removed, with all that was switched off. */
export function broughtBack(draft) {
    return {
        ...draft,
        mapping: on(draft.mapping),
        fields: [...draft.fields, ...draft.off.fields.map(on)],
        conditions: [...draft.conditions, ...draft.off.conditions.map(on)],
        off: { fields: [], conditions: [] },
        isActive: true,
        isRemoved: false
    };
}
