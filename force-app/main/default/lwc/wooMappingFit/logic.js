const sorted = (positions) => [...positions].sort((one, other) => one - other);
const anyOf = (positions) => sorted(positions).join(' OR ');
const plain = (logic) => logic.toUpperCase().replace(/\s+/g, ' ').trim();

/** @returns {'all'|'any'|'own'} what a condition logic says */
export function logicKind(logic, positions) {
    if (!logic?.trim()) return 'all';
    return plain(logic) === anyOf(positions) && positions.length > 1 ? 'any' : 'own';
}

/** The condition logic of a choice; for `own` a first one to change. */
export function logicOf(kind, positions) {
    if (kind === 'all') return null;
    return kind === 'any' ? anyOf(positions) : sorted(positions).join(' AND ');
}
