import { giveCommand } from 'c/wooSyncRecords';

/** Characters of Arguments__c. */
const LONGEST = 131072;
/** Characters of a part: as a text of JSON it is at most twice as long. */
const PART = 65000;

/** Pieces that no character is cut in two by. */
function piecesOf(text) {
    const pieces = [];
    for (let at = 0; at < text.length; at += pieces.at(-1).length) {
        const end = at + PART;
        const isPair = /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) && end < text.length;
        pieces.push(text.slice(at, isPair ? end - 1 : end));
    }
    return pieces;
}

/**
 * What goes into Arguments__c: the value as JSON. One that is too long goes into records of its own, which nobody carries
 * out, and which are deleted with the command.
 */
export async function argumentsOf(type, value) {
    const text = JSON.stringify(value);
    if (text.length <= LONGEST) return text;
    const keep = (piece) => giveCommand({ Type__c: type, State__c: 'done', Arguments__c: JSON.stringify(piece) });
    return JSON.stringify({ argumentsIn: await Promise.all(piecesOf(text).map(keep)) });
}
