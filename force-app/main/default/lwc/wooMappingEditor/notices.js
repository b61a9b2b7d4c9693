import { format, formatList } from 'c/wooFormat';
import { label } from './labels';

const nameOf = (by) => by ?? label.somebody;
const again = { name: 'save', label: label.tryAgain };

const goneActions = [
    { name: 'anew', label: label.saveAsNew },
    { name: 'forget', label: label.discard }
];

/** What Apex refuses, in words; what changed meanwhile is shown in full elsewhere. */
function refusalNotice({ code, by, records }) {
    const notice = (text, actions = [again]) => ({ key: code, kind: 'error', text, actions });
    switch (code) {
        case 'NO_PERMISSION':
            return notice(label.noPermission, []);
        case 'SAVE_RUNNING':
            return notice(format(label.saveRunning, nameOf(by)));
        case 'FOREIGN_RECORD':
            return notice(format(label.foreignRecord, formatList(records ?? [])));
        default:
            return notice(`${label.saveNotSent} (${code})`);
    }
}

/** What is to be said of a save. */
function savingNotice({ state, refusal }) {
    switch (state) {
        case 'running':
            return { kind: 'info', text: label.saving };
        case 'failed':
            return { kind: 'error', text: label.saveFailed };
        case 'session':
            return { kind: 'error', text: label.sessionEnded, actions: [again] };
        case 'unknown':
            return { kind: 'warning', text: label.saveUnknown };
        case 'refused':
            return refusal.code === 'CHANGED_MEANWHILE' ? null : refusalNotice(refusal);
        default:
            return null;
    }
}

/**
 * What stands above the editor, the most important first.
 * @returns {{ key: string, kind: string, text: string, actions: object[] }[]}
 */
export function noticesOf({ saving, isReadOnly, isGone, isRestored, isReturning, asking, hasObject }) {
    const notices = [
        savingNotice(saving),
        isGone && { kind: 'error', text: label.gone, actions: goneActions },
        isReadOnly && { kind: 'info', text: label.readOnlyNote },
        isRestored && { kind: 'info', text: label.restored, actions: [{ name: 'discard', label: label.discard }] },
        isReturning && { kind: 'warning', text: label.returning },
        !hasObject && { kind: 'info', text: label.chooseObject },
        asking.described.problem && {
            kind: 'warning',
            text: label.shopSilent,
            actions: [{ name: 'read', label: label.tryAgain }]
        }
    ];
    return notices.filter(Boolean).map((notice) => ({ key: notice.text, actions: [], ...notice }));
}

/** @param {{ by?: string }} refusal */
export const meanwhileText = ({ by }) => format(label.changedMeanwhile, nameOf(by));
