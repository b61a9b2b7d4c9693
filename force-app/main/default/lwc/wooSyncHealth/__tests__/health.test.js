import { commandsOf, hasEnded, markOf, shownOf, triedOf } from '../health';
import { commandsQuery, HEALTH } from '../query';

const command = (id, state, kind = 'sync', recordId = null) => ({ id, state, kind, recordId });

describe('health', () => {
    it('shows what is under way, and five commands in all', () => {
        const over = ['1', '2', '3', '4', '5', '6'].map((id) => command(id, 'done'));
        const shown = shownOf([...over, command('7', 'running'), command('8', 'waiting')]);
        expect(shown.map(({ id }) => id)).toEqual(['7', '8', '1', '2', '3']);
    });

    it('leaves out commands of the mapping editor, whose results hold values of records', () => {
        for (const query of [HEALTH, commandsQuery(1)]) {
            expect(query).toContain('nin: ["describe_mapping", "preview_mapping", "list_matches"]');
        }
    });

    it('knows which issues are tried again', () => {
        const tried = triedOf([
            command('1', 'running', 'retry', 'a05X'),
            command('2', 'waiting', 'retry'),
            command('3', 'done', 'retry', 'a05Y'),
            command('4', 'running', 'sync', 'a05Z')
        ]);
        expect(tried).toEqual(['a05X', '*']);
    });

    it('knows when a command has ended', () => {
        expect(hasEnded([command('1', 'running')], [command('1', 'failed')])).toBe(true);
        expect(hasEnded([command('1', 'waiting')], [command('1', 'running')])).toBe(false);
        expect(hasEnded([], [command('1', 'done')])).toBe(false);
    });

    it('waits for commands and for decisions', () => {
        const decided = { kind: 'conflict', code: 'CONFLICT_OPEN', resolution: 'take_woo' };
        expect(markOf([command('1', 'done')], [{ kind: 'failed' }])).toBeNull();
        expect(markOf([command('1', 'waiting')], [])).not.toBe(markOf([command('1', 'running')], []));
        expect(markOf([], [decided])).not.toBeNull();
    });

    it('tells no commands from none that may be seen', () => {
        expect(commandsOf({})).toBeNull();
        expect(commandsOf({ Woo_Command__c: { edges: [] } })).toEqual([]);
    });
});
