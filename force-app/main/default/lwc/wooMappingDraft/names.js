/** A developer name and a label have at most so many characters. */
const LENGTH = 40;

/** Of any text a developer name, empty where it has no Latin letter: it begins with a letter, and has letters, digits and single underscores. */
function nameOf(text) {
    const name = text
        .replace(/__[a-z]+$/, '')
        .replace(/[^A-Za-z0-9]+/g, '_')
        .replace(/^[^A-Za-z]+/, '')
        .slice(0, LENGTH)
        .replace(/_+$/, '');
    return name;
}

/**
 * A developer name that nothing has yet, of any text; upper and lower case are the same to the org.
 * @param {string[]} taken
 * @param {string} instead for a text without Latin letters, of which no name can be made
 */
export function freeName(text, taken, instead = 'Mapping') {
    const used = new Set(taken.map((name) => name.toLowerCase()));
    const name = nameOf(text) || nameOf(instead);
    let free = name;
    for (let at = 2; used.has(free.toLowerCase()); at += 1) {
        free = `${name.slice(0, LENGTH - 1 - String(at).length).replace(/_+$/, '')}_${at}`;
    }
    return free;
}

/** What a field mapping is named by. */
export const fieldName = (mapping, field) => `${mapping}_${field ?? 'New'}`;

/** What a condition is named by. */
export const conditionName = (mapping, position) => `${mapping}_${position ?? 1}`;

/** A label as long as the org takes; cut between characters, not within one. */
export const labelOf = (text) => (text.length <= LENGTH ? text : cut(text).trim());

function cut(text) {
    let kept = '';
    for (const character of text) {
        if (kept.length + character.length > LENGTH) break;
        kept += character;
    }
    return kept;
}
