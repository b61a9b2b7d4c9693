import { Counts } from '../counts';
import { CHUNK, targetOf } from '../query';
import { countOf, stateOf } from '../state';
import { countsAnswer, stateAnswer, SYNC_USER } from './org';

const mapping = (object, store = null) => ({ object, externalIdField: 'Woo_Key__c', store });
const many = Array.from({ length: CHUNK + 2 }, (_, at) => mapping(`Object_${at}__c`));

describe('counts', () => {
    it('are of the records with a key, of its store where a mapping is for one', () => {
        expect(targetOf(mapping('Account'))).toBe('Account(where: { Woo_Key__c: { ne: null } }');
        expect(targetOf(mapping('Account', 'main'))).toBe('Account(where: { Woo_Key__c: { like: "main:%" } }');
        expect(targetOf(mapping(null))).toBeNull();
        expect(targetOf(mapping('Account) { x }'))).toBeNull();
    });

    it('are asked for by as few queries as the org takes, each object once', () => {
        const counts = Counts.of([...many, many[0]]);
        expect(counts.query.match(/t\d+:/g)).toHaveLength(CHUNK);
        const half = counts.answered(
            countsAnswer(counts.query, [[SYNC_USER, 7, '2026-11-28T08:00:00Z']]).uiapi.aggregate
        );
        expect(half.query.match(/t\d+:/g)).toHaveLength(2);
        expect(countOf(half.get(many[0]), [SYNC_USER]).records).toBe(7);
        expect(half.get(many.at(-1))).toBeUndefined();
    });

    it('of a query that is refused are asked for one by one, so that one object keeps no other from it', () => {
        let counts = Counts.of(many.slice(0, 3)).refused();
        const asked = [];
        while (counts.query) {
            asked.push(counts.query.match(/Object_\d+__c/g));
            counts = asked.length === 2 ? counts.refused() : counts.answered({ t0: { edges: [] } });
        }
        expect(asked).toEqual([['Object_0__c'], ['Object_1__c'], ['Object_2__c']]);
        expect(counts.get(many[1])).toBeUndefined();
        expect(counts.get(many[2])).toEqual({ edges: [] });
    });

    it('tell when the sync wrote last, not when a person did', () => {
        const groups = [
            [SYNC_USER, 40, '2026-11-27T08:00:00Z'],
            ['005REP', 2, '2026-11-28T09:00:00Z']
        ];
        const { t0 } = countsAnswer('t0:', groups).uiapi.aggregate;
        const { users } = stateOf(stateAnswer().uiapi, new Date());
        expect(countOf(t0, users)).toEqual({
            records: 42,
            lastWritten: Date.parse('2026-11-27T08:00:00Z')
        });
        expect(countOf(t0, []).lastWritten).toBeNull();
    });
});
