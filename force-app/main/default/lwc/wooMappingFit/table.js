const folded = (text) => text.toLowerCase();

function pairOf(line) {
    const spaced = line.indexOf(' = ');
    const at = spaced === -1 ? line.indexOf('=') : spaced + 1;
    if (at === -1) return { shop: line.trim(), salesforce: '' };
    return { shop: line.slice(0, at).trim(), salesforce: line.slice(at + 1).trim() };
}

/** The pairs of a value table as the configuration holds it; what is no pair stays visible as half of one. */
export const parseTable = (text) =>
    (text ?? '')
        .split(/\r\n?|\n/)
        .filter((line) => line.trim() !== '')
        .map(pairOf);

/** A value table of pairs; those that are quite empty are left out. */
export const formatTable = (pairs) =>
    pairs
        .filter(({ shop, salesforce }) => shop.trim() || salesforce.trim())
        .map(({ shop, salesforce }) => `${shop.trim()} = ${salesforce.trim()}`)
        .join('\n') || null;

/** The pairs, and one to fill in for each value of the shop that has none. */
export function withMissing(pairs, values) {
    const there = new Set(pairs.map(({ shop }) => folded(shop)));
    const missing = values.filter(({ value }) => !there.has(folded(value)));
    return [...pairs, ...missing.map(({ value }) => ({ shop: value, salesforce: '' }))];
}
